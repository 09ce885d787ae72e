/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ENCODING_H
#define AWS_COMMON_ENCODING_H

/*
 * Text forms of bytes (hexadecimal, base64), big-endian numbers in raw memory, and UTF-8. Functions that return int
 * raise AWS_ERROR_INVALID_ARGUMENT for NULL and AWS_ERROR_OVERFLOW_DETECTED if a length does not fit a size_t. Lengths
 * are in bytes and do not count a terminating 0; none is written.
 */

#include <aws/common/byte_buf.h>
#include <aws/common/byte_order.h>
#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** What a text is encoded in, as far as its first bytes show. */
enum aws_text_encoding { AWS_TEXT_UNKNOWN, AWS_TEXT_UTF8, AWS_TEXT_UTF16, AWS_TEXT_UTF32, AWS_TEXT_ASCII };

/** What a decoder does with the code points. */
struct aws_utf8_decoder_options {
    /**
     * Called for each code point, in order, on the thread that decodes. May be NULL. To reject the text, raise an error
     * and return AWS_OP_ERR; decoding stops with that error.
     */
    int (*on_codepoint)(uint32_t codepoint, void *user_data);
    /** For `on_codepoint`. */
    void *user_data;
};

struct aws_utf8_decoder;

AWS_EXTERN_C_BEGIN

/* ---- Hexadecimal ----------------------------------------------------------------------------- */

/** Length of the text for `to_encode_len` bytes. */
AWS_COMMON_API
int aws_hex_compute_encoded_len(size_t to_encode_len, size_t *encoded_length);

/**
 * Writes two small digits per byte from the start of `output`, replacing its content.
 * Raises AWS_ERROR_SHORT_BUFFER if the capacity is too small.
 */
AWS_COMMON_API
int aws_hex_encode(const struct aws_byte_cursor *AWS_RESTRICT to_encode, struct aws_byte_buf *AWS_RESTRICT output);

/** Appends two small digits per byte, growing the buffer, which must have an allocator. */
AWS_COMMON_API
int aws_hex_encode_append_dynamic(
    const struct aws_byte_cursor *AWS_RESTRICT to_encode, struct aws_byte_buf *AWS_RESTRICT output);

/** Number of bytes that a text of `to_decode_len` digits stands for. An odd digit counts as one byte. */
AWS_COMMON_API
int aws_hex_compute_decoded_len(size_t to_decode_len, size_t *decoded_len);

/**
 * Writes the bytes from the start of `output`, replacing its content. Digits may be of either case; if their number is
 * odd, the first byte has one digit. Raises AWS_ERROR_SHORT_BUFFER if the capacity is too small,
 * AWS_ERROR_INVALID_HEX_STR at a character that is not a digit; `len` is unchanged then, but part of the memory may
 * have been written.
 */
AWS_COMMON_API
int aws_hex_decode(const struct aws_byte_cursor *AWS_RESTRICT to_decode, struct aws_byte_buf *AWS_RESTRICT output);

/* ---- Base64 (RFC 4648) ----------------------------------------------------------------------- */

/** Length of the text for `to_encode_len` bytes: padded to a multiple of four, or, in the URL alphabet, not padded. */
AWS_COMMON_API
int aws_base64_compute_encoded_len(size_t to_encode_len, size_t *encoded_len);
AWS_COMMON_API
int aws_base64_url_compute_encoded_len(size_t to_encode_len, size_t *encoded_len);

/** Appends the text to `output`. Raises AWS_ERROR_SHORT_BUFFER if it does not fit. */
AWS_COMMON_API
int aws_base64_encode(const struct aws_byte_cursor *AWS_RESTRICT to_encode, struct aws_byte_buf *AWS_RESTRICT output);
AWS_COMMON_API
int aws_base64_url_encode(
    const struct aws_byte_cursor *AWS_RESTRICT to_encode, struct aws_byte_buf *AWS_RESTRICT output);

/**
 * Number of bytes that a text in either alphabet, padded or not, stands for. Raises AWS_ERROR_INVALID_BASE64_STR if no
 * text has that length.
 */
AWS_COMMON_API
int aws_base64_compute_decoded_len(const struct aws_byte_cursor *AWS_RESTRICT to_decode, size_t *decoded_len);

/**
 * Writes the bytes from the start of `output`, replacing its content. Raises AWS_ERROR_SHORT_BUFFER if the capacity is
 * too small, AWS_ERROR_INVALID_BASE64_STR if the text is not base64; part of the memory may have been written then.
 */
AWS_COMMON_API
int aws_base64_decode(const struct aws_byte_cursor *AWS_RESTRICT to_decode, struct aws_byte_buf *AWS_RESTRICT output);

/* ---- Big-endian numbers in raw memory -------------------------------------------------------- */

/** Stores the low 64, 32, 24 or 16 bits at `buffer`, which has room for 8, 4, 3 or 2 bytes and need not be aligned. */
AWS_STATIC_IMPL void aws_write_u64(uint64_t value, uint8_t *buffer);
AWS_STATIC_IMPL void aws_write_u32(uint32_t value, uint8_t *buffer);
AWS_STATIC_IMPL void aws_write_u24(uint32_t value, uint8_t *buffer);
AWS_STATIC_IMPL void aws_write_u16(uint16_t value, uint8_t *buffer);

/** Loads them again. */
AWS_STATIC_IMPL uint64_t aws_read_u64(const uint8_t *buffer);
AWS_STATIC_IMPL uint32_t aws_read_u32(const uint8_t *buffer);
AWS_STATIC_IMPL uint32_t aws_read_u24(const uint8_t *buffer);
AWS_STATIC_IMPL uint16_t aws_read_u16(const uint8_t *buffer);

/* ---- Text ------------------------------------------------------------------------------------ */

/**
 * Detects the encoding by a byte-order mark. Without one, text of bytes below 128 is ASCII, also the empty text; any
 * other is unknown.
 */
AWS_STATIC_IMPL enum aws_text_encoding aws_text_detect_encoding(const uint8_t *bytes, size_t size);

/** True for ASCII and for text with a UTF-8 mark, whose remaining bytes are not checked. */
AWS_STATIC_IMPL bool aws_text_is_utf8(const uint8_t *bytes, size_t size);

/**
 * Checks that a whole text is UTF-8 as RFC 3629 has it, and reports its code points. NULL options only check.
 * Raises AWS_ERROR_INVALID_UTF8, or what the callback raised.
 */
AWS_COMMON_API int aws_decode_utf8(struct aws_byte_cursor bytes, const struct aws_utf8_decoder_options *options);

/**
 * Makes a decoder for a text that comes in pieces; a piece may end inside a code point. The options are copied and may
 * be NULL. The caller owns the decoder. Not synchronised.
 */
AWS_COMMON_API struct aws_utf8_decoder *
aws_utf8_decoder_new(struct aws_allocator *allocator, const struct aws_utf8_decoder_options *options);

/** Destroys a decoder. NULL is ignored. */
AWS_COMMON_API void aws_utf8_decoder_destroy(struct aws_utf8_decoder *decoder);

/** Forgets an unfinished code point, to begin a new text. */
AWS_COMMON_API void aws_utf8_decoder_reset(struct aws_utf8_decoder *decoder);

/** Decodes a piece. Raises AWS_ERROR_INVALID_UTF8, or what the callback raised; reset the decoder after that. */
AWS_COMMON_API int aws_utf8_decoder_update(struct aws_utf8_decoder *decoder, struct aws_byte_cursor bytes);

/** Ends the text and resets the decoder. Raises AWS_ERROR_INVALID_UTF8 if the last code point is unfinished. */
AWS_COMMON_API int aws_utf8_decoder_finalize(struct aws_utf8_decoder *decoder);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/encoding.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ENCODING_H */
