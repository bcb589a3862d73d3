/*
 * Runs a command and writes what it cost to a file: CPU seconds (user and system, children included) and the largest
 * resident set in kilobytes, as three numbers. cc -O2 -o measure measure.c && ./measure FILE COMMAND …
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  int status;
  struct rusage used;
  if (wait4(child, &status, 0, &used) < 0) return 1;
  FILE *file = fopen(argv[1], "w");
  if (file == NULL) return 1;
  fprintf(file, "%.6f %.6f %ld\n", used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6,
          used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6, used.ru_maxrss);
  fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
