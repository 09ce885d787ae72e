/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records into our handler. An input begins with which end is ours and which version the peer speaks; then come orders:
 * let the peer go on, cut, change, repeat or replace what it says, write, ask for new keys, shut down, or feed raw
 * bytes.
 */
#include "fuzz/tls_session_pair.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct aws_allocator *allocator = NULL;
    static struct aws_tls_ctx *contexts[2];
    if (allocator == NULL) {
        allocator = aws_default_allocator();
        aws_io_library_init(allocator);
        setenv("RESEAU_TLS_RESUMPTION", "off", 1);
        contexts[0] = NewFuzzContext(allocator, false);
        contexts[1] = NewFuzzContext(allocator, true);
        MUST(contexts[0] != NULL && contexts[1] != NULL);
    }

    Input input(data, size);
    uint8_t mode = input.Byte();
    bool is_server = (mode & 1) != 0;
    FuzzPeer peer(is_server, (mode & 2) != 0 ? TLS1_2_VERSION : TLS1_3_VERSION);
    FuzzEnd end(allocator, contexts[is_server ? 1 : 0], is_server);
    MUST(end.IsMade());

    std::string said;
    for (size_t step = 0; step < 64 && !input.Empty() && !end.IsOver(); ++step) {
        uint8_t order = input.Byte() % 12;
        switch (order) {
        default:
            break;
        case 4:
            said = said.substr(0, input.Number() % (said.size() + 1));
            break;
        case 5:
            if (!said.empty()) {
                size_t at = input.Number() % said.size();
                said[at] = (char)(said[at] ^ input.Byte());
            }
            break;
        case 6:
            said += said.substr(0, 40000);
            break;
        case 7: {
            size_t length = input.Number();
            length = std::min(length, input.Left());
            said.assign((const char *)input.Rest(), length);
            while (length-- > 0) {
                input.Byte();
            }
            break;
        }
        case 8:
            said += peer.Write(std::string(input.Number() % 20000, 'y'));
            break;
        case 9:
            for (int i = 0; i < 40; ++i) {
                said += peer.UpdateKeys();
            }
            break;
        case 10:
            end.Send(1 + input.Number() % 20000);
            break;
        case 11:
            end.Shutdown();
            break;
        }
        if (order >= 4 && order <= 7 && input.Byte() % 2 == 0) {
            continue;
        }
        if (order < 4 || order > 9) {
            said += peer.Step(end.Output());
        }
        end.Feed(said);
        said = peer.Step(end.Output());
        Saw(step << 16 | (size_t)mode % 4 << 8 | order, 1 + (size_t)end.results);
        Saw((size_t)(end.result + 2) << 4 | mode % 4, said.size() / 16);
        Saw(7, end.received / 64);
    }
    return 0;
}
