#!/bin/sh
# Makes the secrets that compose.yaml reads, once, at random; what is there stays. They are readable inside the containers
# by the user the house runs as, and outside only by who may enter the folder.
set -eu
cd "$(dirname "$0")/.."
folder="${SECRETS:-secrets}"
mkdir -p "$folder"
chmod 700 "$folder"

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
keep() {
    [ -s "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"
    chmod 644 "$folder/$1"
}

keep postgres_password "$(random)"
keep database_url "postgresql://verbund:$(cat "$folder/postgres_password")@postgres:5432/verbund"
keep secret_key "$(random)"
keep metrics_token "$(random)"
keep smtp_url "smtp://mailpit:1025"
echo "Secrets are in $folder/. For real letters put your mail server into $folder/smtp_url:"
echo "  smtp://user:password@mail.example.org:587?starttls=required"
