#!/bin/sh
# Usage: make.sh DIR. Long validity, except for the one that is expired.
set -e
out=$1; work=$(mktemp -d); cd "$work"; mkdir new; : > index.txt; echo 1000 > serial
cat > ca.cnf <<C
[ca]
default_ca=d
[d]
dir=.
database=index.txt
new_certs_dir=new
serial=serial
default_md=sha256
policy=p
unique_subject=no
copy_extensions=copy
[p]
commonName=supplied
[v3ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[req]
distinguished_name=dn
[dn]
C
key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null || openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
key authority
openssl req -new -config ca.cnf -key authority.key -subj "/CN=scim-check test authority" -out authority.csr
openssl ca -batch -notext -config ca.cnf -selfsign -keyfile authority.key -in authority.csr -extensions v3ca -startdate 20200101000000Z -enddate 21200101000000Z -out authority.pem 2>/dev/null
leaf() { # name san start end
 key "$1"
 openssl req -new -config ca.cnf -key "$1.key" -subj "/CN=$1" -addext "subjectAltName=$2" -out "$1.csr"
 openssl ca -batch -notext -config ca.cnf -cert authority.pem -keyfile authority.key -in "$1.csr" -startdate "$3" -enddate "$4" -out "$1.pem" 2>/dev/null
}
leaf localhost "DNS:localhost,IP:127.0.0.1" 20200101000000Z 21200101000000Z
leaf expired "DNS:localhost,IP:127.0.0.1" 20200101000000Z 20200201000000Z
leaf other-host "DNS:elsewhere.example" 20200101000000Z 21200101000000Z
leaf client "DNS:client" 20200101000000Z 21200101000000Z
key self-signed
openssl req -new -config ca.cnf -key self-signed.key -subj "/CN=self-signed" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -out self-signed.csr
openssl ca -batch -notext -config ca.cnf -selfsign -keyfile self-signed.key -in self-signed.csr -startdate 20200101000000Z -enddate 21200101000000Z -out self-signed.pem 2>/dev/null
for f in authority localhost expired other-host client self-signed; do cp $f.pem "$out/"; done
for f in localhost expired other-host client self-signed; do cp $f.key "$out/"; done
# For a client that keeps its key locked: one PKCS#12 file, and an encrypted key.
openssl pkcs12 -export -in client.pem -inkey client.key -out "$out/client.p12" -passout pass:canary-pfx-pass -name client
openssl pkey -in client.key -aes256 -passout pass:canary-pfx-pass -out "$out/client-encrypted.key"
