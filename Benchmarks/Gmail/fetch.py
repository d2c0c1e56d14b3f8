"""Fetches a mailbox with Python's imaplib and stores it unparsed: what the mail benchmark compares with.

Usage: fetch.py HOST PORT AUTHORITY USER PASSWORD DATABASE [headers]
Prints the number of messages, the bytes and the seconds from sign-in to the last commit.
"""

import imaplib
import re
import sqlite3
import ssl
import sys
import time

CHUNK = 500


def main(host, port, authority, user, password, database, what="whole"):
    section = "BODY.PEEK[HEADER]" if what == "headers" else "BODY.PEEK[]"
    store = sqlite3.connect(database)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE message (uid INTEGER PRIMARY KEY, flags TEXT, bytes BLOB)")
    start = time.perf_counter()
    mail = imaplib.IMAP4_SSL(host, int(port), ssl_context=ssl.create_default_context(cafile=authority))
    mail.login(user, password)
    mail.select("INBOX", readonly=True)
    ids = mail.uid("SEARCH", "ALL")[1][0].split()
    count = size = 0
    for first in range(0, len(ids), CHUNK):
        part = b",".join(ids[first:first + CHUNK]).decode()
        rows = []
        for item in mail.uid("FETCH", part, f"(UID FLAGS {section})")[1]:
            if isinstance(item, tuple):
                uid = int(re.search(rb"UID (\d+)", item[0])[1])
                flags = re.search(rb"FLAGS \(([^)]*)\)", item[0])
                rows.append((uid, flags[1].decode() if flags else "", item[1]))
        with store:
            store.executemany("INSERT INTO message VALUES (?, ?, ?)", rows)
        count += len(rows)
        size += sum(len(row[2]) for row in rows)
    seconds = time.perf_counter() - start
    mail.logout()
    print(count, size, f"{seconds:.4f}")


main(*sys.argv[1:])
