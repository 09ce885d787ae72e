/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Servers that fork, with no header of ours; clients in threads of the same process. Prints what they were answered.
 *
 *   fork_server child    a child for each connection, which it serves by read() and write()
 *   fork_server exec     a child for each connection, which executes cat
 *   fork_server before   children that were made before, and accept by themselves
 *   fork_server stream   no child: the C library's streams over the socket
 *   fork_server shut     a child ends the listener for its parent, too, which listens again; then as before
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 6 };

static struct sockaddr_in s_address = {.sin_family = AF_INET};

static void require(int is_so, const char *what) {
    if (!is_so) {
        perror(what);
        exit(1);
    }
}

static void *be_client(void *answer) {
    int client = socket(AF_INET, SOCK_STREAM, 0);
    require(connect(client, (struct sockaddr *)&s_address, sizeof(s_address)) == 0, "connect");
    require(send(client, "hello\n", 6, 0) == 6 && shutdown(client, SHUT_WR) == 0, "send");
    ssize_t count, got = 0;
    char *into = answer;
    while ((count = recv(client, into + got, 63 - got, 0)) > 0) {
        got += count;
    }
    require(count == 0, "recv");
    close(client);
    return NULL;
}

static void echo(int connection) {
    char line[64];
    ssize_t count;
    while ((count = read(connection, line, sizeof(line))) > 0) {
        require(write(connection, line, count) == count, "write");
    }
    require(count == 0, "read");
}

static void serve_by_child(int listener, const char *how) {
    struct sockaddr_in from;
    socklen_t size = sizeof(from);
    int connection = accept(listener, (struct sockaddr *)&from, &size);
    require(connection >= 0, "accept");
    pid_t child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        struct sockaddr_in again;
        close(listener);
        size = sizeof(again);
        require(getpeername(connection, (struct sockaddr *)&again, &size) == 0, "getpeername");
        if (again.sin_port != from.sin_port || again.sin_family != AF_INET) {
            _exit(2);
        }
        if (strcmp(how, "exec") == 0) {
            dup2(connection, 0);
            dup2(connection, 1);
            close(connection);
            execlp("cat", "cat", (char *)NULL);
            _exit(3);
        }
        echo(connection);
        _exit(0);
    }
    close(connection);
}

static void accept_in_child(int listener) {
    struct pollfd ready = {.fd = listener, .events = POLLIN};
    while (1) {
        require(poll(&ready, 1, 60000) == 1, "poll");
        int connection = accept(listener, NULL, NULL);
        require(connection >= 0, "accept");
        echo(connection);
        close(connection);
    }
}

static void serve_by_stream(int listener) {
    int connection = accept(listener, NULL, NULL);
    FILE *in = fdopen(connection, "r");
    FILE *out = fdopen(dup(connection), "w");
    char line[64];
    require(in != NULL && out != NULL && fgets(line, sizeof(line), in) != NULL, "fgets");
    require(fputs(line, out) >= 0 && fclose(out) == 0 && fclose(in) == 0, "fputs");
}

static void begin_listening(int listener) {
    socklen_t size = sizeof(s_address);
    require(listen(listener, 16) == 0, "listen");
    require(getsockname(listener, (struct sockaddr *)&s_address, &size) == 0, "getsockname");
}

static void shut_in_child(int listener) {
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        require(child >= 0, "fork");
        if (child == 0) {
            _exit(shutdown(listener, i == 0 ? SHUT_RD : SHUT_RDWR) == 0 ? 0 : 4);
        }
        require(accept(listener, NULL, NULL) < 0, "accept of what was shut");
        printf("accept: %s\n", strerror(errno));
        fflush(stdout);
        begin_listening(listener);
    }
}

int main(int count, char **arguments) {
    const char *how = count > 1 ? arguments[1] : "child";
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    s_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(bind(listener, (struct sockaddr *)&s_address, sizeof(s_address)) == 0, "bind");
    begin_listening(listener);
    int is_before = strcmp(how, "before") == 0 || strcmp(how, "shut") == 0;
    if (strcmp(how, "shut") == 0) {
        shut_in_child(listener);
    }
    pid_t workers[2];
    for (int i = 0; is_before && i < 2; i++) {
        workers[i] = fork();
        require(workers[i] >= 0, "fork");
        if (workers[i] == 0) {
            accept_in_child(listener);
        }
    }
    pthread_t threads[CLIENTS];
    static char answers[CLIENTS][64];
    for (int i = 0; i < CLIENTS; i++) {
        pthread_create(&threads[i], NULL, be_client, answers[i]);
    }
    for (int i = 0; !is_before && i < CLIENTS; i++) {
        if (strcmp(how, "stream") == 0) {
            serve_by_stream(listener);
        } else {
            serve_by_child(listener, how);
        }
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(threads[i], NULL);
        fputs(answers[i], stdout);
    }
    for (int i = 0; is_before && i < 2; i++) {
        kill(workers[i], SIGKILL);
    }
    int status;
    while (wait(&status) > 0) {
        require(is_before || status == 0, "a child");
    }
    return 0;
}
