/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_CAPTURE_FILE_H
#define RESEAU_TESTS_CAPTURE_FILE_H

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

/* A packet of TCP or UDP, as a capture has it. */
struct CapturedPacket {
    enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };
    enum { TCP = 6, UDP = 17 };

    int protocol = 0;
    std::string from, to;
    uint16_t from_port = 0, to_port = 0;
    uint32_t sequence = 0, acknowledged = 0;
    uint8_t flags = 0;
    std::string data;
    size_t whole = 0;
    uint64_t time = 0;
};

/*
 * A capture file, read by the specification of pcapng: what is wrong in a block, a header, a length or a checksum fails
 * the test.
 */
class CaptureFile {
  public:
    explicit CaptureFile(const std::string &path) {
        std::ifstream stream(path, std::ios::binary);
        std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        size_t at = 0;
        for (int number = 0; at + 12 <= text.size(); ++number) {
            uint32_t length = At<uint32_t>(text, at + 4);
            if (length < 12 || length % 4 != 0 || at + length > text.size()) {
                ADD_FAILURE() << "a block of " << length << " bytes at " << at;
                break;
            }
            ReadBlock(number, text.substr(at, length));
            at += length;
        }
        EXPECT_EQ(text.size(), at);
    }

    std::vector<CapturedPacket> packets;
    std::string application;
    uint64_t received = 0, dropped = 0;
    bool has_statistics = false;

  private:
    enum { SECTION = 0x0A0D0D0A, INTERFACE = 1, STATISTICS = 5, PACKET = 6 };

    template <class T> static T At(const std::string &text, size_t offset) {
        T value = 0;
        if (offset + sizeof(T) <= text.size()) {
            memcpy(&value, text.data() + offset, sizeof(T));
        } else {
            ADD_FAILURE() << "beyond the end";
        }
        return value;
    }

    static uint32_t Big(const std::string &text, size_t offset, int size) {
        uint32_t value = 0;
        for (int i = 0; i < size; ++i) {
            value = value << 8 | At<uint8_t>(text, offset + (size_t)i);
        }
        return value;
    }

    static uint16_t Sum(const std::string &text) {
        uint32_t sum = 0;
        for (size_t i = 0; i < text.size(); i += 2) {
            sum += (uint32_t)(uint8_t)text[i] << 8 | (i + 1 < text.size() ? (uint8_t)text[i + 1] : 0);
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return (uint16_t)sum;
    }

    static std::map<uint16_t, std::string> OptionsOf(const std::string &block, size_t at) {
        std::map<uint16_t, std::string> options;
        uint16_t code = 1;
        while (code != 0 && at + 4 <= block.size()) {
            code = At<uint16_t>(block, at);
            uint16_t length = At<uint16_t>(block, at + 2);
            options[code] = block.substr(at + 4, length);
            at += 4 + ((length + 3u) & ~3u);
        }
        EXPECT_EQ(block.size(), at) << "the end of options is that of the block";
        EXPECT_EQ(0, code) << "and is said";
        return options;
    }

    void ReadBlock(int number, const std::string &block) {
        uint32_t type = At<uint32_t>(block, 0);
        EXPECT_EQ(block.size(), At<uint32_t>(block, block.size() - 4));
        std::string body = block.substr(0, block.size() - 4);
        EXPECT_EQ(number == 0, type == SECTION);
        EXPECT_EQ(number == 1, type == INTERFACE);
        EXPECT_FALSE(has_statistics) << "a block behind the last";
        if (type == SECTION) {
            EXPECT_EQ(0x1A2B3C4Du, At<uint32_t>(block, 8));
            EXPECT_EQ(1, At<uint16_t>(block, 12));
            EXPECT_EQ(0, At<uint16_t>(block, 14));
            application = OptionsOf(body, 24)[4];
        } else if (type == INTERFACE) {
            EXPECT_EQ(101, At<uint16_t>(block, 8)) << "plain IP";
            EXPECT_EQ(std::string(1, 9), OptionsOf(body, 16)[9]) << "nanoseconds";
        } else if (type == STATISTICS) {
            auto options = OptionsOf(body, 20);
            received = At<uint64_t>(options[4], 0);
            dropped = At<uint64_t>(options[5], 0);
            has_statistics = true;
        } else {
            EXPECT_EQ((uint32_t)PACKET, type);
            ReadPacketBlock(body);
        }
    }

    void ReadPacketBlock(const std::string &body) {
        EXPECT_EQ(0u, At<uint32_t>(body, 8)) << "the interface";
        size_t kept = At<uint32_t>(body, 20);
        size_t whole = At<uint32_t>(body, 24);
        EXPECT_LE(kept, whole);
        ASSERT_LE(28 + kept, body.size());
        EXPECT_LT(body.size() - 28 - kept, 4u) << "what fills the block up";
        packets.push_back(ReadPacket(body.substr(28, kept), whole));
        packets.back().time = (uint64_t)At<uint32_t>(body, 12) << 32 | At<uint32_t>(body, 16);
    }

    static std::string AddressAt(const std::string &ip, size_t offset, bool is6) {
        struct reseau_ip address = {};
        address.family = is6 ? 6 : 4;
        memcpy(address.bytes, ip.data() + offset, is6 ? 16 : 4);
        char text[RESEAU_IP_TEXT_SIZE];
        EXPECT_GT(reseau_ip_format(&address, text, sizeof(text)), 0);
        return text;
    }

    static CapturedPacket ReadPacket(const std::string &ip, size_t whole) {
        CapturedPacket packet;
        bool is6 = At<uint8_t>(ip, 0) >> 4 == 6;
        size_t header = is6 ? 40 : 20;
        size_t size = is6 ? 16 : 4;
        size_t source = is6 ? 8 : 12;
        if (ip.size() < header + 8) {
            ADD_FAILURE() << "a packet of " << ip.size() << " bytes";
            return packet;
        }
        EXPECT_EQ(is6 ? 0x60 : 0x45, At<uint8_t>(ip, 0)) << "version, and five words";
        EXPECT_EQ(whole, Big(ip, is6 ? 4 : 2, 2) + (is6 ? header : 0)) << "the length in the header";
        packet.from = AddressAt(ip, source, is6);
        packet.to = AddressAt(ip, source + size, is6);
        packet.protocol = At<uint8_t>(ip, is6 ? 6 : 9);
        if (!is6) {
            EXPECT_EQ(0xFFFF, Sum(ip.substr(0, header)));
        }
        std::string inner = ip.substr(header);
        if (whole == ip.size()) {
            std::string length = {0, (char)packet.protocol, (char)(inner.size() >> 8), (char)inner.size()};
            EXPECT_EQ(0xFFFF, Sum(ip.substr(source, 2 * size) + length + inner)) << "the checksum of TCP or UDP";
        }
        packet.from_port = (uint16_t)Big(inner, 0, 2);
        packet.to_port = (uint16_t)Big(inner, 2, 2);
        packet.protocol == CapturedPacket::UDP ? ReadUdp(packet, inner, whole - header)
                                               : ReadTcp(packet, inner, whole - header);
        return packet;
    }

    static void ReadUdp(CapturedPacket &packet, const std::string &udp, size_t whole) {
        EXPECT_EQ(whole, Big(udp, 4, 2));
        EXPECT_NE(0u, Big(udp, 6, 2)) << "no checksum";
        packet.data = udp.substr(8);
        packet.whole = whole - 8;
    }

    static void ReadTcp(CapturedPacket &packet, const std::string &tcp, size_t whole) {
        EXPECT_EQ((int)CapturedPacket::TCP, packet.protocol);
        EXPECT_EQ(5, At<uint8_t>(tcp, 12) >> 4) << "words of the header";
        packet.sequence = Big(tcp, 4, 4);
        packet.acknowledged = Big(tcp, 8, 4);
        packet.flags = At<uint8_t>(tcp, 13);
        packet.data = tcp.size() < 20 ? "" : tcp.substr(20);
        packet.whole = whole - 20;
    }
};

#endif /* RESEAU_TESTS_CAPTURE_FILE_H */
