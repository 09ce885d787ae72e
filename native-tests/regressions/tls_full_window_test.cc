/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Back-pressure, TLS, and a handler that takes as much as there is: its window is the largest number. That was taken
 * for "no back-pressure", and nothing arrived beyond what the handshake's window had room for.
 */
#include "support/tls_pair.h"

class TlsFullWindowTest : public TlsDataTest, public ::testing::WithParamInterface<size_t> {
  protected:
    void ExpectArrives(const std::string &text) {
        server_.Send(text);
        EXPECT_TRUE(client_.AwaitBytes(text.size()));
        EXPECT_TRUE(text == client_.received);
        Part();
    }
};

TEST_P(TlsFullWindowTest, FromTheStart) {
    client_.window = GetParam();
    client_.grants = false;
    Meet(true);
    ExpectArrives(Pattern(1 << 20));
}

/* Grants on top of it change nothing. */
TEST_P(TlsFullWindowTest, WithGrants) {
    client_.window = GetParam();
    client_.on_data = [](TlsEnd &end, const std::string &) {
        aws_channel_slot_increment_read_window(end.app->slot, SIZE_MAX);
    };
    Meet(true);
    ExpectArrives(Pattern(1 << 20));
}

TEST_P(TlsFullWindowTest, AfterAClosedOne) {
    client_.window = 0;
    client_.grants = false;
    Meet(true);
    client_.Grant(GetParam());
    client_.Grant(GetParam());
    ExpectArrives(Pattern(1 << 20));
}

INSTANTIATE_TEST_SUITE_P(
    Windows,
    TlsFullWindowTest,
    ::testing::Values(SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 1, SIZE_MAX / 2),
    ::testing::PrintToStringParamName());
