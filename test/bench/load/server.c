/*
 * A small, fast HTTP/1.1 server for benchmarks of load generators: one thread, epoll, keep-alive, Content-Length only.
 * It answers what a SCIM client asks with plausible bodies, gives every created resource an id of its own, and counts
 * what it was asked, so that no client has to be taken at its word.
 *
 *   cc -O2 -o server server.c && ./server PORT
 *
 *   POST  …/Users, …/Groups   201 and a resource of about 600 bytes with a fresh id
 *   PATCH, DELETE             204
 *   PUT, GET one resource     200 and the resource
 *   GET with filter=          200 and an empty list
 *   GET /counts               200 {"POST":n,"PUT":n,"PATCH":n,"DELETE":n,"GET":n,"bytes":n,"repeated":n}
 *
 * `repeated` counts creates whose body was the same as the one before it: a client that claims to make unique people
 * and does not is seen here.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 1 << 20, MOST = 4096 };
enum kind { K_POST, K_PUT, K_PATCH, K_DELETE, K_GET, KINDS };

struct connection {
  char *data;
  size_t length;
};

static struct connection connections[MOST];
static uint64_t counts[KINDS], bytes_in, repeated, issued, last_body;

static uint64_t hash(const char *text, size_t length) {
  uint64_t value = 1469598103934665603ull;
  for (size_t at = 0; at < length; at++) value = (value ^ (unsigned char)text[at]) * 1099511628211ull;
  return value;
}

/* Length of the body a head announces; heads are looked through for this one field only. */
static size_t content_length(const char *head, size_t length) {
  const char *at = head, *end = head + length;
  while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
    at++;
    if (end - at > 15 && strncasecmp(at, "content-length:", 15) == 0) return strtoul(at + 15, NULL, 10);
  }
  return 0;
}

static enum kind kind_of(const char *head) {
  switch (head[0]) {
    case 'G': return K_GET;
    case 'D': return K_DELETE;
    default: return head[1] == 'O' ? K_POST : head[1] == 'A' ? K_PATCH : K_PUT;
  }
}

/* The text behind a key of a body, quotes not included; a client may check that it gets back whom it made. */
static int text_of(const char *body, size_t length, const char *key, const char **text) {
  const char *at = memmem(body, length, key, strlen(key));
  if (at == NULL) return 0;
  *text = at + strlen(key);
  const char *end = memchr(*text, '"', (size_t)(body + length - *text));
  return end == NULL || end - *text > 128 ? 0 : (int)(end - *text);
}

static int resource(char *out, int status, const char *word, const char *sent, size_t sent_length) {
  char body[2048];
  const char *name = "someone@example.com", *group = NULL;
  int name_length = 19, found = text_of(sent, sent_length, "\"userName\":\"", &name);
  uint64_t id = ++issued;
  int length;
  if (found > 0) name_length = found;
  else if ((found = text_of(sent, sent_length, "\"displayName\":\"", &group)) > 0) {
    length = snprintf(body, sizeof body,
                      "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"id\":\"%08llx-4f3a-4d1b-9c7e-%012llx\","
                      "\"displayName\":\"%.*s\",\"members\":[]}",
                      (unsigned long long)(id * 2654435761u & 0xffffffffu), (unsigned long long)id, found, group);
    goto write;
  }
  length = snprintf(
      body, sizeof body,
      "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"%08llx-4f3a-4d1b-9c7e-%012llx\","
      "\"externalId\":\"00u1abcdefGHIJKLMNOP\",\"meta\":{\"resourceType\":\"User\",\"created\":\"2026-01-01T00:00:00Z\","
      "\"lastModified\":\"2026-01-01T00:00:00Z\",\"location\":\"https://scim.example.com/scim/v2/Users/1\"},"
      "\"userName\":\"%.*s\",\"name\":{\"givenName\":\"Robin\",\"familyName\":\"Example\"},"
      "\"displayName\":\"Robin Example\",\"locale\":\"en-US\",\"emails\":[{\"primary\":true,\"value\":"
      "\"%.*s\",\"type\":\"work\"}],\"groups\":[],\"active\":true}",
      (unsigned long long)(id * 2654435761u & 0xffffffffu), (unsigned long long)id, name_length, name, name_length,
      name);
write:
  return sprintf(out,
                 "HTTP/1.1 %d %s\r\nContent-Type: application/scim+json\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                 "Connection: keep-alive\r\nContent-Length: %d\r\n\r\n%s",
                 status, word, length, body);
}

static int plain(char *out, const char *body) {
  return sprintf(out, "HTTP/1.1 200 OK\r\nContent-Type: application/scim+json\r\nContent-Length: %zu\r\n\r\n%s",
                 strlen(body), body);
}

static int answer(char *out, const char *head, const char *body, size_t length) {
  enum kind kind = kind_of(head);
  if (strncmp(head, "GET /counts ", 12) == 0) {
    char text[512];
    snprintf(text, sizeof text,
             "{\"POST\":%llu,\"PUT\":%llu,\"PATCH\":%llu,\"DELETE\":%llu,\"GET\":%llu,\"bytes\":%llu,\"repeated\":%llu}",
             (unsigned long long)counts[K_POST], (unsigned long long)counts[K_PUT],
             (unsigned long long)counts[K_PATCH], (unsigned long long)counts[K_DELETE],
             (unsigned long long)counts[K_GET], (unsigned long long)bytes_in, (unsigned long long)repeated);
    return plain(out, text);
  }
  counts[kind]++;
  bytes_in += length;
  if (kind == K_POST) {
    uint64_t now = hash(body, length);
    if (now == last_body) repeated++;
    last_body = now;
    return resource(out, 201, "Created", body, length);
  }
  if (kind == K_PATCH || kind == K_DELETE) return sprintf(out, "HTTP/1.1 204 No Content\r\n\r\n");
  const char *end = memchr(head, '\r', 2048);
  if (kind == K_GET && end != NULL && memmem(head, (size_t)(end - head), "filter=", 7) != NULL) {
    return plain(out,
                 "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":0,"
                 "\"startIndex\":1,\"itemsPerPage\":0,\"Resources\":[]}");
  }
  return resource(out, 200, "OK", body, length);
}

static void hang_up(int socket) {
  close(socket);
  free(connections[socket].data);
  connections[socket] = (struct connection){0};
}

/* Answers every whole request that has come; keeps what is left. */
static int serve(int socket) {
  static char out[1 << 16];
  struct connection *one = &connections[socket];
  if (one->data == NULL) one->data = malloc(BUFFER);
  for (;;) {
    ssize_t got = recv(socket, one->data + one->length, BUFFER - one->length, 0);
    if (got == 0) return 0;
    if (got < 0) return errno == EAGAIN;
    one->length += (size_t)got;
    size_t at = 0;
    int filled = 0;
    for (;;) {
      char *head = one->data + at;
      char *blank = memmem(head, one->length - at, "\r\n\r\n", 4);
      if (blank == NULL) break;
      size_t head_length = (size_t)(blank - head) + 4;
      size_t body_length = content_length(head, head_length);
      if (one->length - at < head_length + body_length) break;
      filled += answer(out + filled, head, head + head_length, body_length);
      at += head_length + body_length;
      if (filled > (1 << 15)) {
        if (send(socket, out, (size_t)filled, MSG_NOSIGNAL) != filled) return 0;
        filled = 0;
      }
    }
    if (filled > 0 && send(socket, out, (size_t)filled, MSG_NOSIGNAL) != filled) return 0;
    memmove(one->data, one->data + at, one->length - at);
    one->length -= at;
    if (one->length == BUFFER) return 0;
  }
}

int main(int argc, char **argv) {
  int port = argc > 1 ? atoi(argv[1]) : 0, on = 1;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  signal(SIGPIPE, SIG_IGN);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) {
    perror("listen");
    return 1;
  }
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
  epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(poll, events, 256, -1);
    for (int at = 0; at < ready; at++) {
      int socket = events[at].data.fd;
      if (socket != listener) {
        if (!serve(socket)) hang_up(socket);
        continue;
      }
      int client;
      while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (client >= MOST) {
          close(client);
          continue;
        }
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event one = {.events = EPOLLIN, .data.fd = client};
        epoll_ctl(poll, EPOLL_CTL_ADD, client, &one);
      }
    }
  }
}
