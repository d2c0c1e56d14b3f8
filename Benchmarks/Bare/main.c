// The plainest program that does what storing records comes down to: prepared upserts into one table, durable every
// thousand. It stores 200,000 records of 1 KB in a new database, then the same again.
//
// Usage: bare-upserts DATABASE
// Prints the seconds that each of the two took, without the time in which the records were made up.

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { record_count = 200000, batch_size = 1000, data_size = 1024, key_size = 16 };

static char keys[batch_size][key_size];
static char data[batch_size][data_size + 1];

static sqlite3 *database;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE) return;
    fprintf(stderr, "%s\n", sqlite3_errmsg(database));
    exit(1);
}

static void run(const char *sql) { check(sqlite3_exec(database, sql, NULL, NULL, NULL)); }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void make_up(int first) {
    for (int i = 0; i < batch_size; i++) {
        snprintf(keys[i], key_size, "rec_%07d", first + i);
        memset(data[i], 'a' + (first + i) % 26, data_size);
        memcpy(data[i], keys[i], strlen(keys[i]));
        data[i][data_size] = 0;
    }
}

static void store(sqlite3_stmt *upsert) {
    run("BEGIN IMMEDIATE");
    for (int i = 0; i < batch_size; i++) {
        check(sqlite3_bind_text(upsert, 1, "records", -1, SQLITE_STATIC));
        check(sqlite3_bind_text(upsert, 2, keys[i], -1, SQLITE_STATIC));
        check(sqlite3_bind_text(upsert, 3, data[i], data_size, SQLITE_STATIC));
        check(sqlite3_step(upsert));
        check(sqlite3_reset(upsert));
    }
    run("COMMIT");
}

static double store_all(sqlite3_stmt *upsert) {
    double seconds = 0;
    for (int first = 0; first < record_count; first += batch_size) {
        make_up(first);
        const double start = now();
        store(upsert);
        seconds += now() - start;
    }
    return seconds;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    check(sqlite3_open(arguments[1], &database));
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("CREATE TABLE record (stream TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, UNIQUE (stream, key))");
    sqlite3_stmt *upsert;
    check(sqlite3_prepare_v2(
        database,
        "INSERT INTO record (stream, key, data) VALUES (?, ?, ?) "
        "ON CONFLICT (stream, key) DO UPDATE SET data = excluded.data WHERE excluded.data <> data",
        -1, &upsert, NULL));
    const double first = store_all(upsert);
    const double again = store_all(upsert);
    printf("%f %f\n", first, again);
    sqlite3_finalize(upsert);
    sqlite3_close(database);
}
