/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As io/c_string_test.cc, for the reseau surface: each function and each structure that takes a C string gets one whose
 * NUL is the last byte before a page that cannot be read. native-tests/abi/check_c_strings.py compares the table with
 * the headers.
 */
#include <reseau/reseau.h>
#include <reseau/simulation.h>

#include "support/place.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <ostream>
#include <sstream>
#include <string>

namespace {

struct Use {
    const char *name;
    std::function<void(Place &place)> run;
};

std::ostream &operator<<(std::ostream &stream, const Use &use) {
    return stream << use.name;
}

void End(reseau_id id) {
    EXPECT_GT(id, 0) << reseau_error_name(id);
    EXPECT_EQ(0, reseau_close(id));
    EXPECT_EQ(0, reseau_wait_closed(id, RESEAU_FOREVER));
}

/* A listener on loopback, and its port. */
struct Listener {
    Listener() : id(reseau_listen(nullptr, 0, nullptr)) {
        struct reseau_address address;
        EXPECT_EQ(0, reseau_local_address(id, &address));
        port = address.port;
    }

    ~Listener() {
        End(id);
    }

    reseau_id id;
    uint16_t port;
};

void WithSimulation(const std::function<void(reseau_id)> &use) {
    reseau_id simulation = reseau_simulation_new(1, nullptr);
    use(simulation);
    EXPECT_EQ(0, reseau_simulation_free(simulation));
}

std::string File(const char *name) {
    return std::string(RESEAU_TEST_CERTIFICATES "/") + name;
}

std::string Content(const char *name) {
    std::ifstream stream(File(name));
    std::stringstream content;
    content << stream.rdbuf();
    return content.str();
}

/* Makes a listener with TLS options, all of which are at the ends of pages. */
void ListenByTls(Place &place, const std::function<void(struct reseau_tls_options *tls)> &change) {
    struct reseau_options options = reseau_options_default();
    struct reseau_tls_options tls = reseau_tls_options_default();
    tls.certificate_file = place(File("server.crt").c_str());
    tls.key_file = place(File("server.key").c_str());
    change(&tls);
    options.tls = &tls;
    End(reseau_listen(nullptr, 0, &options));
}

void ConnectWith(const std::function<void(struct reseau_options *options)> &change) {
    Listener listener;
    struct reseau_options options = reseau_options_default();
    change(&options);
    End(reseau_connect("127.0.0.1", listener.port, &options));
}

/* The server does not speak TLS: the handshake fails, but has been asked for. */
void ConnectByTlsWith(const std::function<void(struct reseau_tls_options *tls)> &change) {
    Listener listener;
    struct reseau_options options = reseau_options_default();
    struct reseau_tls_options tls = reseau_tls_options_default();
    change(&tls);
    options.tls = &tls;
    options.tls_timeout_ms = 1;
    EXPECT_LT(reseau_connect("127.0.0.1", listener.port, &options), 0);
}

/* There is no such library, or no such token. */
void ConnectWithToken(const std::function<void(struct reseau_tls_options *tls)> &change) {
    std::string certificate = File("ec256.crt");
    ConnectByTlsWith([&](struct reseau_tls_options *tls) {
        tls->certificate_file = certificate.c_str();
        tls->pkcs11_library = "/usr/lib/softhsm/libsofthsm2.so";
        change(tls);
    });
}

void ChangeNothing(struct reseau_tls_certificate *) {
}

/* A listener with one more certificate, all of whose strings are at the ends of pages. */
void ListenByNames(Place &place, const std::function<void(struct reseau_tls_certificate *one)> &change) {
    struct reseau_tls_certificate one = {};
    one.size = sizeof(one);
    one.certificate_file = place(File("ec256.crt").c_str());
    one.key_file = place(File("ec256.key").c_str());
    change(&one);
    ListenByTls(place, [&](struct reseau_tls_options *tls) {
        tls->certificates = &one;
        tls->certificate_count = 1;
    });
}

void WithDatagrams(const std::function<void(reseau_id socket, const struct reseau_ip *group)> &run) {
    reseau_id socket = reseau_datagram_bind("0.0.0.0", 0, nullptr);
    struct reseau_ip group;
    ASSERT_EQ(0, reseau_ip_parse("239.255.77.4", &group));
    run(socket, &group);
    End(socket);
}

const Use s_uses[] = {
    {"reseau_ip_parse",
     [](Place &place) {
         struct reseau_ip ip;
         for (const char *text : {"127.0.0.1", "fe80::1%lo", "fe80::1%", "fe80::1%7", "::", "1:2", "x", ""}) {
             reseau_ip_parse(place(text), &ip);
         }
     }},
    {"reseau_resolve",
     [](Place &place) {
         for (const char *name : {"localhost", "127.0.0.1", "127.1", ""}) {
             reseau_resolve(place(name), 0, nullptr, 0, nullptr);
         }
     }},
    {"reseau_datagram_bind",
     [](Place &place) {
         End(reseau_datagram_bind(place("*"), 0, nullptr));
         End(reseau_datagram_bind(place("localhost"), 0, nullptr));
         EXPECT_LT(reseau_datagram_bind(place(""), 0, nullptr), 0);
     }},
    {"reseau_datagram_connect", [](Place &place) { End(reseau_datagram_connect(place("127.0.0.1"), 9, nullptr)); }},
    {"reseau_datagram_join",
     [](Place &place) {
         WithDatagrams([&](reseau_id socket, const struct reseau_ip *group) {
             EXPECT_EQ(0, reseau_datagram_join(socket, group, place("lo")));
             EXPECT_LT(reseau_datagram_join(socket, group, place("")), 0);
         });
     }},
    {"reseau_datagram_leave",
     [](Place &place) {
         WithDatagrams([&](reseau_id socket, const struct reseau_ip *group) {
             EXPECT_LT(reseau_datagram_leave(socket, group, place("lo")), 0);
         });
     }},
    {"reseau_datagram_set_multicast",
     [](Place &place) {
         WithDatagrams([&](reseau_id socket, const struct reseau_ip *) {
             EXPECT_EQ(0, reseau_datagram_set_multicast(socket, 1, 1, place("lo")));
         });
     }},
    {"reseau_connect",
     [](Place &place) {
         Listener listener;
         End(reseau_connect(place("localhost"), listener.port, nullptr));
         End(reseau_connect(place("127.0.0.1"), listener.port, nullptr));
     }},
    {"reseau_connect_start",
     [](Place &place) {
         Listener listener;
         End(reseau_connect_start(place("localhost"), listener.port, nullptr));
     }},
    {"reseau_connect_path", [](Place &place) { EXPECT_LT(reseau_connect_path(place("@nobody"), nullptr), 0); }},
    {"reseau_connect_path_start",
     [](Place &place) {
         reseau_id listener = reseau_listen_path("@reseau_c_string_test_2", nullptr);
         End(reseau_connect_path_start(place("@reseau_c_string_test_2"), nullptr));
         End(listener);
     }},
    {"reseau_file_open",
     [](Place &place) { End(reseau_file_open(place(File("ca.crt").c_str()), RESEAU_FILE_READ, nullptr)); }},
    {"reseau_file_open_start",
     [](Place &place) {
         auto done = [](reseau_id, int64_t result, void *) {
             EXPECT_TRUE(result == 0 || result == RESEAU_ERROR_CANCELED);
         };
         End(reseau_file_open_start(place(File("ca.crt").c_str()), RESEAU_FILE_READ, nullptr, done, nullptr));
     }},
    {"reseau_file_info_of",
     [](Place &place) {
         struct reseau_file_info info = {};
         info.size = sizeof(info);
         EXPECT_EQ(0, reseau_file_info_of(place(File("ca.crt").c_str()), &info));
     }},
    {"reseau_file_load",
     [](Place &place) {
         void *data = nullptr;
         EXPECT_GT(reseau_file_load(place(File("ca.crt").c_str()), &data, 1 << 20), 0);
         reseau_free(data);
     }},
    {"reseau_file_load_start",
     [](Place &place) {
         auto done = [](reseau_id, void *data, int64_t, void *) { reseau_free(data); };
         reseau_id id = reseau_file_load_start(place(File("ca.crt").c_str()), 1 << 20, nullptr, done, nullptr);
         EXPECT_EQ(0, reseau_wait_closed(id, RESEAU_FOREVER));
     }},
    {"reseau_file_store",
     [](Place &place) {
         EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_file_store(place("/no such folder/file"), "x", 1, nullptr));
     }},
    {"reseau_file_store_start",
     [](Place &place) {
         auto done = [](reseau_id, int64_t result, void *) { EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, result); };
         reseau_id id = reseau_file_store_start(place("/no such folder/file"), "x", 1, nullptr, done, nullptr);
         EXPECT_EQ(0, reseau_wait_closed(id, RESEAU_FOREVER));
     }},
    {"reseau_file_watch",
     [](Place &place) {
         auto nothing = [](reseau_id, const struct reseau_file_change *, void *) {};
         End(reseau_file_watch(place("/tmp"), nullptr, nothing, nullptr));
     }},
    {"reseau_listen",
     [](Place &place) {
         End(reseau_listen(place("*"), 0, nullptr));
         End(reseau_listen(place("localhost"), 0, nullptr));
     }},
    {"reseau_listen_any", [](Place &place) { End(reseau_listen_any(place("127.0.0.1"), 20000, nullptr)); }},
    {"reseau_listen_path", [](Place &place) { End(reseau_listen_path(place("@reseau_c_string_test"), nullptr)); }},
    {"reseau_send_file",
     [](Place &place) {
         Listener listener;
         reseau_id connection = reseau_connect("127.0.0.1", listener.port, nullptr);
         EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_send_file(connection, place("/no such file"), 0, -1));
         EXPECT_GT(reseau_send_file(connection, place(File("ca.crt").c_str()), 0, -1), 0);
         End(connection);
     }},
    {"reseau_options.source_address",
     [](Place &place) {
         ConnectWith([&](struct reseau_options *options) { options->source_address = place("127.0.0.1"); });
     }},
    {"reseau_options.proxy",
     [](Place &place) {
         struct reseau_options options = reseau_options_default();
         options.proxy = place("socks5://127.0.0.1:1");
         EXPECT_EQ(RESEAU_ERROR_REFUSED, reseau_connect("127.0.0.1", 9, &options));
     }},
    {"reseau_simulation_host",
     [](Place &place) {
         WithSimulation([&](reseau_id simulation) {
             EXPECT_GT(reseau_simulation_host(simulation, place("host"), "192.0.2.1"), 0);
             EXPECT_GT(reseau_simulation_host(simulation, "other", place("192.0.2.2 2001:db8::1")), 0);
             for (const char *name : {"", "192.0.2.1"}) {
                 EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_host(simulation, place(name), nullptr));
             }
             for (const char *addresses : {"", " ", "192.0.2.", "1"}) {
                 EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_host(simulation, "third", place(addresses)));
             }
         });
     }},
    {"reseau_simulation_name",
     [](Place &place) {
         WithSimulation([&](reseau_id simulation) {
             EXPECT_EQ(0, reseau_simulation_name(simulation, place("name"), "192.0.2.1"));
             EXPECT_EQ(0, reseau_simulation_name(simulation, "name", place("192.0.2.1")));
             EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_simulation_name(simulation, place(""), nullptr));
         });
     }},
    {"reseau_simulation_note",
     [](Place &place) {
         WithSimulation([&](reseau_id simulation) {
             for (const char *text : {"", "a", "a note of more than eight bytes"}) {
                 EXPECT_EQ(0, reseau_simulation_note(simulation, place(text)));
             }
         });
     }},
    {"reseau_simulation_trace",
     [](Place &place) {
         WithSimulation([&](reseau_id simulation) {
             EXPECT_EQ(RESEAU_ERROR_FILE, reseau_simulation_trace(simulation, place("/no/such/folder/file")));
         });
     }},
    {"reseau_simulation_capture",
     [](Place &place) {
         WithSimulation([&](reseau_id simulation) {
             EXPECT_EQ(RESEAU_ERROR_FILE, reseau_simulation_capture(simulation, place("/no/such/folder/file")));
         });
     }},
    {"reseau_capture_start",
     [](Place &place) {
         EXPECT_EQ(RESEAU_ERROR_NOT_FOUND, reseau_capture_start(place("/no/such/folder/file"), nullptr));
     }},
    {"reseau_options.interface_name",
     [](Place &place) { ConnectWith([&](struct reseau_options *options) { options->interface_name = place("lo"); }); }},
    {"reseau_tls_options.certificate_file",
     [](Place &place) { ListenByTls(place, [](struct reseau_tls_options *) {}); }},
    {"reseau_tls_options.key_file", [](Place &place) { ListenByTls(place, [](struct reseau_tls_options *) {}); }},
    {"reseau_tls_options.certificate_pem",
     [](Place &place) {
         ListenByTls(place, [&](struct reseau_tls_options *tls) {
             tls->certificate_file = nullptr;
             tls->certificate_pem = place(Content("server.crt").c_str());
         });
     }},
    {"reseau_tls_options.key_pem",
     [](Place &place) {
         ListenByTls(place, [&](struct reseau_tls_options *tls) {
             tls->key_file = nullptr;
             tls->key_pem = place(Content("server.key").c_str());
         });
     }},
    {"reseau_tls_options.alpn",
     [](Place &place) {
         ListenByTls(place, [&](struct reseau_tls_options *tls) { tls->alpn = place("h2;http/1.1"); });
     }},
    {"reseau_tls_options.ca_file",
     [](Place &place) {
         ListenByTls(place, [&](struct reseau_tls_options *tls) { tls->ca_file = place(File("ca.crt").c_str()); });
     }},
    {"reseau_tls_options.ca_pem",
     [](Place &place) {
         ListenByTls(place, [&](struct reseau_tls_options *tls) { tls->ca_pem = place(Content("ca.crt").c_str()); });
     }},
    {"reseau_tls_options.ca_directory",
     [](Place &place) {
         ConnectByTlsWith([&](struct reseau_tls_options *tls) { tls->ca_directory = place(RESEAU_TEST_CERTIFICATES); });
     }},
    {"reseau_tls_options.crl_file",
     [](Place &place) {
         std::string ca = File("ca.crt");
         ConnectByTlsWith([&](struct reseau_tls_options *tls) {
             tls->ca_file = ca.c_str();
             tls->crl_file = place(File("empty.crl").c_str());
         });
     }},
    {"reseau_tls_options.crl_pem",
     [](Place &place) {
         std::string ca = File("ca.crt");
         ConnectByTlsWith([&](struct reseau_tls_options *tls) {
             tls->ca_file = ca.c_str();
             tls->crl_pem = place(Content("empty.crl").c_str());
         });
     }},
    {"reseau_tls_options.key_log_file",
     [](Place &place) {
         std::string file = testing::TempDir() + "reseau_key_log";
         ListenByTls(place, [&](struct reseau_tls_options *tls) { tls->key_log_file = place(file.c_str()); });
         unlink(file.c_str());
     }},
    {"reseau_tls_options.staple_file",
     [](Place &place) {
         ListenByTls(
             place, [&](struct reseau_tls_options *tls) { tls->staple_file = place(File("good.ocsp").c_str()); });
     }},
    {"reseau_tls_options.pkcs11_library",
     [](Place &place) {
         ConnectWithToken([&](struct reseau_tls_options *tls) { tls->pkcs11_library = place("/no/such.so"); });
     }},
    {"reseau_tls_options.pkcs11_token",
     [](Place &place) {
         ConnectWithToken([&](struct reseau_tls_options *tls) { tls->pkcs11_token = place("token"); });
     }},
    {"reseau_tls_options.pkcs11_key",
     [](Place &place) { ConnectWithToken([&](struct reseau_tls_options *tls) { tls->pkcs11_key = place("key"); }); }},
    {"reseau_tls_options.pkcs11_pin",
     [](Place &place) { ConnectWithToken([&](struct reseau_tls_options *tls) { tls->pkcs11_pin = place("0000"); }); }},
    {"reseau_tls_certificate.certificate_file", [](Place &place) { ListenByNames(place, &ChangeNothing); }},
    {"reseau_tls_certificate.key_file", [](Place &place) { ListenByNames(place, &ChangeNothing); }},
    {"reseau_tls_certificate.certificate_pem",
     [](Place &place) {
         ListenByNames(place, [&](struct reseau_tls_certificate *one) {
             one->certificate_file = nullptr;
             one->certificate_pem = place(Content("ec256.crt").c_str());
         });
     }},
    {"reseau_tls_certificate.key_pem",
     [](Place &place) {
         ListenByNames(place, [&](struct reseau_tls_certificate *one) {
             one->key_file = nullptr;
             one->key_pem = place(Content("ec256.key").c_str());
         });
     }},
    {"reseau_tls_certificate.staple_file",
     [](Place &place) {
         ListenByNames(
             place, [&](struct reseau_tls_certificate *one) { one->staple_file = place(File("good.ocsp").c_str()); });
     }},
    {"reseau_tls_options.server_name",
     [](Place &place) {
         ConnectByTlsWith([&](struct reseau_tls_options *tls) { tls->server_name = place("localhost"); });
     }},
};

class ReseauCString : public ::testing::TestWithParam<Use> {};

TEST_P(ReseauCString, IsNotReadBehindItsEnd) {
    Place place;
    GetParam().run(place);
}

INSTANTIATE_TEST_SUITE_P(All, ReseauCString, ::testing::ValuesIn(s_uses), [](const auto &info) {
    std::string name = info.param.name;
    size_t dot = name.find('.');
    return dot == std::string::npos ? name : name.replace(dot, 1, "_");
});

} // namespace
