/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists of protocols: an input is the list of our context, a zero byte, and what the peer offers, as it stands on the
 * wire where it is good, else as one name. Whatever is chosen must have been on both lists.
 */
#include "fuzz/tls_session_pair.h"

#include <vector>

static std::vector<std::string> Split(const std::string &names) {
    std::vector<std::string> list(1);
    for (char c : names) {
        if (c == ';') {
            list.emplace_back();
        } else {
            list.back() += c;
        }
    }
    return list;
}

static bool Contains(const std::vector<std::string> &list, const std::string &name) {
    for (const std::string &item : list) {
        if (item == name) {
            return true;
        }
    }
    return false;
}

/* The names of a list as it stands on the wire. */
static std::vector<std::string> Unpack(const std::string &wire) {
    std::vector<std::string> list;
    for (size_t at = 0; at < wire.size(); at += 1 + (uint8_t)wire[at]) {
        list.push_back(wire.substr(at + 1, (uint8_t)wire[at]));
    }
    return list;
}

static int OnOffered(
    SSL *, const unsigned char **out, unsigned char *length, const unsigned char *in, unsigned in_length, void *arg) {
    std::string *chosen = (std::string *)arg;
    if (chosen->empty()) {
        chosen->assign((const char *)in + 1, in[0]);
        MUST(in_length > in[0]);
    }
    *out = (const unsigned char *)chosen->data();
    *length = (unsigned char)chosen->size();
    return SSL_TLSEXT_ERR_OK;
}

static void Shake(FuzzEnd &end, FuzzPeer &peer) {
    std::string said = peer.Step("");
    for (int round = 0; round < 6; ++round) {
        end.Feed(said);
        said = peer.Step(end.Output());
    }
    struct aws_byte_buf protocol = end.Protocol();
    Saw(3, protocol.len);
    Saw(4 + (size_t)(end.result == 0));
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct aws_allocator *allocator = NULL;
    static struct aws_tls_ctx *client = NULL;
    if (allocator == NULL) {
        allocator = aws_default_allocator();
        aws_io_library_init(allocator);
        setenv("RESEAU_TLS_RESUMPTION", "off", 1);
        client = NewFuzzContext(allocator, false);
    }

    std::string text((const char *)data, size);
    std::string ours = text.substr(0, text.find('\0'));
    std::string offered = ours.size() < text.size() ? text.substr(ours.size() + 1) : "";
    std::vector<std::string> list = Split(ours);

    /* Good are names of 1 to 255 bytes, which come to less than 64 KiB. */
    bool is_good = ours.size() < 65535;
    for (const std::string &name : list) {
        is_good = is_good && !name.empty() && name.size() <= 255;
    }
    struct aws_tls_ctx *server = NewFuzzContext(allocator, true, ours.c_str());
    MUST((server != NULL) == is_good);
    if (server == NULL) {
        MUST(aws_last_error() == AWS_IO_TLS_CTX_ERROR);
        return 0;
    }
    {
        FuzzPeer peer(true, TLS1_3_VERSION);
        if (SSL_set_alpn_protos(peer.ssl(), (const unsigned char *)offered.data(), (unsigned)offered.size()) != 0) {
            offered = std::string(1, (char)std::min(offered.size(), (size_t)255)) + offered.substr(0, 255);
            SSL_set_alpn_protos(peer.ssl(), (const unsigned char *)offered.data(), (unsigned)offered.size());
        }
        FuzzEnd end(allocator, server, true);
        MUST(end.IsMade());
        Shake(end, peer);
        struct aws_byte_buf protocol = end.Protocol();
        if (protocol.len > 0) {
            std::string name((const char *)protocol.buffer, protocol.len);
            MUST(Contains(list, name) && Contains(Unpack(offered), name));
            Saw(6, Unpack(offered).size());
        }
    }
    aws_tls_ctx_release(server);

    /* As a client's list, with a server that takes the first, or answers what it likes. */
    {
        std::string chosen = offered.substr(0, size % 3 == 0 ? 200 : 0);
        FuzzPeer peer(false, TLS1_3_VERSION);
        SSL_CTX_set_alpn_select_cb(peer.context(), OnOffered, &chosen);
        FuzzEnd end(allocator, client, false, ours.c_str());
        MUST(end.IsMade());
        Shake(end, peer);
        struct aws_byte_buf protocol = end.Protocol();
        if (end.result == AWS_ERROR_SUCCESS) {
            MUST(protocol.len == 0 || Contains(list, std::string((const char *)protocol.buffer, protocol.len)));
        }
    }
    return 0;
}
