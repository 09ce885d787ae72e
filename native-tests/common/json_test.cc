/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/json.h>
#include <aws/common/thread.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

struct aws_byte_cursor Cursor(const std::string &text) {
    return aws_byte_cursor_from_array(text.data(), text.size());
}

class Json : public TracedTest {
  public:
    struct aws_json_value *Parse(const std::string &text) {
        return aws_json_value_new_from_string(allocator_, Cursor(text));
    }

    std::string Write(const struct aws_json_value *value, bool formatted = false) {
        struct aws_byte_buf text;
        aws_byte_buf_init(&text, allocator_, 1);
        int result = formatted ? aws_byte_buf_append_json_string_formatted(value, &text)
                               : aws_byte_buf_append_json_string(value, &text);
        EXPECT_EQ(AWS_OP_SUCCESS, result);
        std::string written(reinterpret_cast<char *>(text.buffer), text.len);
        aws_byte_buf_clean_up(&text);
        return written;
    }

    /* The text of what a text means. */
    std::string Again(const std::string &text, bool formatted = false) {
        struct aws_json_value *value = Parse(text);
        if (value == nullptr) {
            return "nothing";
        }
        std::string written = Write(value, formatted);
        aws_json_value_destroy(value);
        return written;
    }

    void ExpectRefused(const std::string &text) {
        SCOPED_TRACE(text);
        EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, Parse(text) == nullptr ? AWS_OP_ERR : AWS_OP_SUCCESS);
    }

    std::string String(const struct aws_json_value *value) {
        struct aws_byte_cursor text = {};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_get_string(value, &text));
        EXPECT_EQ(0, text.ptr[text.len]);
        return std::string(reinterpret_cast<char *>(text.ptr), text.len);
    }

    double Number(const struct aws_json_value *value) {
        double number = NAN;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_get_number(value, &number));
        return number;
    }

    bool Equal(const std::string &a, const std::string &b, bool case_sensitive = true) {
        struct aws_json_value *first = Parse(a);
        struct aws_json_value *second = Parse(b);
        bool equal = aws_json_value_compare(first, second, case_sensitive);
        EXPECT_EQ(equal, aws_json_value_compare(second, first, case_sensitive));
        aws_json_value_destroy(first);
        aws_json_value_destroy(second);
        return equal;
    }
};

TEST_F(Json, a_text_becomes_values) {
    struct aws_json_value *root = Parse(
        " { \"array\" : [ 1, 2.5e1, -3 ], \"yes\": true, \"no\": false, \"none\": null,\n"
        "   \"object\": { \"a\": \"b\", \"c\": \"d\" }, \"text\": \"gold\" } ");
    ASSERT_NE(nullptr, root);
    EXPECT_TRUE(aws_json_value_is_object(root));

    struct aws_json_value *array = aws_json_value_get_from_object_c_str(root, "array");
    EXPECT_TRUE(aws_json_value_is_array(array));
    ASSERT_EQ(3u, aws_json_get_array_size(array));
    EXPECT_EQ(1.0, Number(aws_json_get_array_element(array, 0)));
    EXPECT_EQ(25.0, Number(aws_json_get_array_element(array, 1)));
    EXPECT_EQ(-3.0, Number(aws_json_get_array_element(array, 2)));

    bool truth = false;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_get_boolean(aws_json_value_get_from_object_c_str(root, "yes"), &truth));
    EXPECT_TRUE(truth);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_get_boolean(aws_json_value_get_from_object_c_str(root, "no"), &truth));
    EXPECT_FALSE(truth);
    EXPECT_TRUE(aws_json_value_is_null(aws_json_value_get_from_object_c_str(root, "none")));
    EXPECT_EQ("gold", String(aws_json_value_get_from_object(root, Cursor("text"))));
    struct aws_json_value *object = aws_json_value_get_from_object_c_str(root, "object");
    EXPECT_EQ("d", String(aws_json_value_get_from_object_c_str(object, "c")));
    aws_json_value_destroy(root);
}

TEST_F(Json, each_value_has_exactly_one_type) {
    const char *texts[] = {"\"\"", "0", "[]", "true", "false", "null", "{}"};
    for (const char *text : texts) {
        struct aws_json_value *value = Parse(text);
        ASSERT_NE(nullptr, value) << text;
        EXPECT_EQ(text[0] == '"', aws_json_value_is_string(value));
        EXPECT_EQ(text[0] == '0', aws_json_value_is_number(value));
        EXPECT_EQ(text[0] == '[', aws_json_value_is_array(value));
        EXPECT_EQ(text[0] == 't' || text[0] == 'f', aws_json_value_is_boolean(value));
        EXPECT_EQ(text[0] == 'n', aws_json_value_is_null(value));
        EXPECT_EQ(text[0] == '{', aws_json_value_is_object(value));
        aws_json_value_destroy(value);
    }
    EXPECT_FALSE(aws_json_value_is_string(nullptr));
    EXPECT_FALSE(aws_json_value_is_object(nullptr));
}

TEST_F(Json, written_text_parses_to_the_same_value) {
    struct aws_json_value *root = aws_json_value_new_object(allocator_);
    struct aws_json_value *array = aws_json_value_new_array(allocator_);
    aws_json_value_add_array_element(array, aws_json_value_new_number(allocator_, 1));
    aws_json_value_add_array_element(array, aws_json_value_new_string_from_c_str(allocator_, "two"));
    aws_json_value_add_array_element(array, aws_json_value_new_array(allocator_));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_add_to_object_c_str(root, "array", array));
    EXPECT_EQ(
        AWS_OP_SUCCESS,
        aws_json_value_add_to_object(root, Cursor("true"), aws_json_value_new_boolean(allocator_, true)));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_add_to_object_c_str(root, "none", aws_json_value_new_null(allocator_)));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_add_to_object_c_str(root, "empty", aws_json_value_new_object(allocator_)));
    EXPECT_EQ("{\"array\":[1,\"two\",[]],\"true\":true,\"none\":null,\"empty\":{}}", Write(root));
    EXPECT_EQ(
        "{\n\t\"array\":\t[1, \"two\", []],\n\t\"true\":\ttrue,\n\t\"none\":\tnull,\n\t\"empty\":\t{\n\t}\n}",
        Write(root, true));
    EXPECT_EQ(Write(root), Again(Write(root, true)));
    aws_json_value_destroy(root);
}

TEST_F(Json, strings_are_escaped_and_unescaped) {
    EXPECT_EQ("\"\\b\\f\\n\\r\\t\\\"\\\\/\"", Again("\"\\b\\f\\n\\r\\t\\\"\\\\\\/\""));
    EXPECT_EQ("\"\\u0001\\u001f\x7f\"", Again("\"\\u0001\x1f\\u007F\""));
    EXPECT_EQ("\"\xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E\"", Again("\"\\u00e9\\u20AC\\uD834\\uDD1E\""));

    /* A NUL is a character like others. */
    struct aws_json_value *value = Parse("\"a\\u0000b\"");
    EXPECT_EQ(std::string("a\0b", 3), String(value));
    EXPECT_EQ("\"a\\u0000b\"", Write(value));
    aws_json_value_destroy(value);
}

TEST_F(Json, numbers_are_as_short_as_they_can_be) {
    EXPECT_EQ("0", Again("-0"));
    EXPECT_EQ("7", Again("007"));
    EXPECT_EQ("-2147483648", Again("-2147483648"));
    EXPECT_EQ("2147483648", Again("2147483648"));
    EXPECT_EQ("0.1", Again("0.1"));
    EXPECT_EQ("-0.5", Again("-.5"));
    EXPECT_EQ("1e+100", Again("1E100"));
    EXPECT_EQ("1.5e-07", Again("0.00000015"));
    EXPECT_EQ("3", Again("3."));
    EXPECT_EQ("123456789012345", Again("123456789012345"));
    EXPECT_EQ("null", Again("1e999"));

    struct aws_json_value *endless = aws_json_value_new_number(allocator_, std::numeric_limits<double>::infinity());
    EXPECT_EQ("null", Write(endless));
    aws_json_value_destroy(endless);
}

TEST_F(Json, any_number_comes_back) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 2000; i++) {
        uint64_t bits = random();
        double number;
        memcpy(&number, &bits, sizeof(number));
        if (!std::isfinite(number)) {
            continue;
        }
        struct aws_json_value *value = aws_json_value_new_number(allocator_, number);
        struct aws_json_value *read = Parse(Write(value));
        EXPECT_TRUE(aws_json_value_compare(value, read, true)) << number;
        aws_json_value_destroy(value);
        aws_json_value_destroy(read);
    }
}

TEST_F(Json, what_is_not_json_is_refused) {
    for (const char *text :
         {"",
          " ",
          "{",
          "[",
          "[1",
          "[1,",
          "[1,]",
          "[,1]",
          "{\"a\"}",
          "{\"a\":",
          "{\"a\":}",
          "{\"a\":1,}",
          "{a:1}",
          "{1:1}",
          "\"a",
          "\"\\",
          "\"\\x\"",
          "\"\\u12\"",
          "\"\\u12g4\"",
          "\"\\ud834\"",
          "\"\\ud834x\"",
          "\"\\udd1e\"",
          "\"\\ud834\\u0041\"",
          "tru",
          "nul",
          "-",
          "+1",
          ".5",
          "}",
          "]",
          ",",
          "-x",
          "{\"a\" 1}",
          "[1 2]"}) {
        ExpectRefused(text);
    }
}

TEST_F(Json, what_follows_the_value_is_not_looked_at) {
    EXPECT_EQ("{}", Again("{} and so on"));
    EXPECT_EQ("1.2", Again("1.2.3"));
    EXPECT_EQ("1", Again("1e"));
    EXPECT_EQ("[]", Again("\xEF\xBB\xBF[]"));
}

/* Every beginning of a text, and every text with one byte changed, is a value or an error, never more. */
TEST_F(Json, malformed_texts_are_refused) {
    std::string text = "{\"a\":[1,-2.5e3,true,false,null,\"x\\u00e9\\n\",{\"b\":{}}],\"c\":\"\\ud834\\udd1e\"}";
    for (size_t length = 0; length < text.size(); length++) {
        std::vector<char> exact(text.begin(), text.begin() + (long)length);
        aws_json_value_destroy(
            aws_json_value_new_from_string(allocator_, aws_byte_cursor_from_array(exact.data(), exact.size())));
    }
    std::mt19937 random(11);
    for (int i = 0; i < 20000; i++) {
        std::string changed = text;
        changed[random() % changed.size()] = (char)random();
        struct aws_json_value *value = Parse(changed);
        if (value != nullptr) {
            Write(value);
            aws_json_value_destroy(value);
        }
    }
}

std::string Nested(size_t levels) {
    return std::string(levels, '[') + std::string(levels, ']');
}

std::string NestedObjects(size_t levels, const std::string &innermost = "1") {
    std::string text;
    for (size_t i = 0; i < levels; ++i) {
        text += "{\"a\":";
    }
    return text + innermost + std::string(levels, '}');
}

TEST_F(Json, texts_of_more_than_a_thousand_levels_are_refused) {
    EXPECT_EQ(Nested(1000), Again(Nested(1000)));
    EXPECT_EQ(NestedObjects(1000), Again(NestedObjects(1000)));
    ExpectRefused(Nested(1001));
    ExpectRefused(NestedObjects(1000, "[]"));
    ExpectRefused("[" + NestedObjects(1000) + "]");
    ExpectRefused(std::string(1000000, '['));
    EXPECT_EQ("[" + Nested(999) + "," + Nested(999) + "]", Again("[" + Nested(999) + "," + Nested(999) + "]"));
}

/* A program can make trees that no text would give. */
TEST_F(Json, deep_trees_are_written_and_compared_and_copied_up_to_ten_thousand_levels) {
    for (size_t levels : {10001, 10002}) {
        struct aws_json_value *tree = aws_json_value_new_array(allocator_);
        struct aws_json_value *innermost = tree;
        for (size_t i = 1; i < levels; i++) {
            struct aws_json_value *above = aws_json_value_new_array(allocator_);
            ASSERT_EQ(AWS_OP_SUCCESS, aws_json_value_add_array_element(above, tree));
            tree = above;
        }
        EXPECT_EQ(Nested(levels), Write(tree));
        EXPECT_EQ(Nested(levels), Write(tree, true));
        EXPECT_TRUE(aws_json_value_compare(tree, tree, true));
        EXPECT_FALSE(aws_json_value_compare(tree, innermost, true));

        aws_reset_error();
        struct aws_json_value *copy = aws_json_value_duplicate(tree);
        EXPECT_EQ(levels == 10001, copy != nullptr);
        EXPECT_EQ(copy == nullptr ? AWS_ERROR_INVALID_ARGUMENT : 0, aws_last_error());
        EXPECT_EQ(copy != nullptr, aws_json_value_compare(tree, copy, true));
        aws_json_value_destroy(copy);
        aws_json_value_destroy(tree);
    }
}

/* Whoever sends a text does not decide about the stack of the thread that reads it. */
TEST_F(Json, the_smallest_stack_is_enough_for_the_deepest_text) {
    struct Work {
        Json *test;
        bool is_done;
    } work = {this, false};
    struct aws_thread_options options = *aws_default_thread_options();
    options.stack_size = 256 * 1024;
    struct aws_thread thread;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_init(&thread, allocator_));
    auto run = [](void *argument) {
        auto *work = static_cast<Work *>(argument);
        std::string text = NestedObjects(1000);
        struct aws_json_value *value = work->test->Parse(text);
        struct aws_json_value *copy = aws_json_value_duplicate(value);
        EXPECT_TRUE(aws_json_value_compare(value, copy, false));
        EXPECT_EQ(text, work->test->Write(copy));
        EXPECT_EQ(text, work->test->Again(work->test->Write(copy, true)));
        aws_json_value_destroy(copy);
        aws_json_value_destroy(value);
        work->is_done = true;
    };
    ASSERT_EQ(AWS_OP_SUCCESS, aws_thread_launch(&thread, run, &work, &options));
    aws_thread_join(&thread);
    aws_thread_clean_up(&thread);
    EXPECT_TRUE(work.is_done);
}

/* To compare members both ways at each level would double the time with each, to ages for these. */
TEST_F(Json, comparing_takes_time_in_proportion_to_the_trees) {
    EXPECT_TRUE(Equal(NestedObjects(1000), NestedObjects(1000)));
    EXPECT_FALSE(Equal(NestedObjects(1000), NestedObjects(1000, "2")));
    EXPECT_TRUE(Equal(NestedObjects(999, "{\"a\":1,\"a\":1}"), NestedObjects(999, "{\"a\":1,\"A\":1}"), false));

    std::string rising;
    std::string falling;
    for (int i = 0; i < 40000; ++i) {
        rising += ",\"key" + std::to_string(i) + "\":" + std::to_string(i);
        falling += ",\"key" + std::to_string(39999 - i) + "\":" + std::to_string(39999 - i);
    }
    EXPECT_TRUE(Equal("{" + rising.substr(1) + "}", "{" + falling.substr(1) + "}"));
}

TEST_F(Json, keys_are_the_same_whatever_their_case) {
    struct aws_json_value *root = Parse("{\"Key\":1}");
    EXPECT_EQ(1.0, Number(aws_json_value_get_from_object_c_str(root, "kEY")));
    EXPECT_TRUE(aws_json_value_has_key_c_str(root, "KEY"));
    EXPECT_TRUE(aws_json_value_has_key(root, Cursor("key")));
    EXPECT_FALSE(aws_json_value_has_key_c_str(root, "ke"));

    struct aws_json_value *second = aws_json_value_new_null(allocator_);
    EXPECT_EQ(AWS_OP_ERR, aws_json_value_add_to_object_c_str(root, "KEY", second));
    aws_json_value_destroy(second);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_remove_from_object_c_str(root, "KEY"));
    EXPECT_EQ(AWS_OP_ERR, aws_json_value_remove_from_object(root, Cursor("KEY")));
    EXPECT_EQ("{}", Write(root));
    aws_json_value_destroy(root);
}

TEST_F(Json, members_and_elements_come_and_go) {
    struct aws_json_value *array = Parse("[0,1,2,3]");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_remove_array_element(array, 3));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_remove_array_element(array, 0));
    EXPECT_EQ("[1,2]", Write(array));
    aws_json_value_add_array_element(array, aws_json_value_new_number(allocator_, 9));
    EXPECT_EQ("[1,2,9]", Write(array));
    EXPECT_RAISES(AWS_ERROR_INVALID_INDEX, aws_json_value_remove_array_element(array, 3));
    EXPECT_EQ(nullptr, aws_json_get_array_element(array, 3));
    EXPECT_EQ(AWS_ERROR_INVALID_INDEX, aws_last_error());
    aws_json_value_destroy(array);
}

TEST_F(Json, a_value_has_one_place_and_none_in_itself) {
    struct aws_json_value *array = aws_json_value_new_array(allocator_);
    struct aws_json_value *inner = aws_json_value_new_array(allocator_);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_json_value_add_array_element(array, inner));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_array_element(array, inner));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_array_element(inner, array));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_array_element(array, array));
    aws_json_value_destroy(inner);
    EXPECT_EQ(1u, aws_json_get_array_size(array));
    aws_json_value_destroy(array);
}

TEST_F(Json, equality_is_that_of_meaning) {
    EXPECT_TRUE(Equal("{\"a\":1,\"b\":[true,null]}", "{\"b\":[true,null],\"a\":1.0}"));
    EXPECT_FALSE(Equal("[1,2]", "[2,1]"));
    EXPECT_FALSE(Equal("[1]", "[1,1]"));
    EXPECT_FALSE(Equal("{\"a\":1}", "{\"a\":1,\"b\":1}"));
    EXPECT_FALSE(Equal("{\"a\":1}", "{\"b\":1}"));
    EXPECT_FALSE(Equal("{\"a\":{}}", "{\"a\":[]}"));
    EXPECT_FALSE(Equal("[]", "[[]]"));
    EXPECT_FALSE(Equal("{\"a\":1}", "{\"A\":1}"));
    EXPECT_TRUE(Equal("{\"a\":1}", "{\"A\":1}", false));
    EXPECT_FALSE(Equal("\"a\"", "\"A\"", false));
    EXPECT_FALSE(Equal("true", "false"));
    EXPECT_FALSE(aws_json_value_compare(nullptr, nullptr, true));
}

/* As in aws-c-common, where a search by key only ever finds the first. */
TEST_F(Json, members_that_repeat_a_key_must_equal_the_first_one_of_the_other_object) {
    EXPECT_TRUE(Equal("{\"k\":1,\"k\":1}", "{\"k\":1}"));
    EXPECT_FALSE(Equal("{\"k\":1,\"k\":2}", "{\"k\":1,\"k\":2}"));
    EXPECT_FALSE(Equal("{\"k\":1,\"k\":2}", "{\"k\":1}"));
    EXPECT_FALSE(Equal("{\"k\":1,\"l\":1}", "{\"k\":1,\"k\":1}"));
    EXPECT_FALSE(Equal("{\"a\":1,\"A\":2}", "{\"A\":2,\"a\":1}", false));
    EXPECT_TRUE(Equal("{\"a\":1,\"A\":2}", "{\"A\":2,\"a\":1}", true));
    EXPECT_TRUE(Equal("{\"a\":[{\"k\":[],\"K\":[]}],\"A\":[{\"k\":[]}]}", "{\"a\":[{\"K\":[]}]}", false));
    EXPECT_FALSE(Equal("{\"a\":{\"k\":1},\"a\":{}}", "{\"a\":{\"k\":1}}"));
    EXPECT_FALSE(Equal("{\"a\":{},\"a\":{\"k\":1}}", "{\"a\":{}}"));
}

TEST_F(Json, a_copy_is_independent) {
    struct aws_json_value *root = Parse("{\"a\":[1,{\"b\":\"c\"}],\"d\":null}");
    struct aws_json_value *copy = aws_json_value_duplicate(root);
    EXPECT_TRUE(aws_json_value_compare(root, copy, true));
    aws_json_value_destroy(root);
    EXPECT_EQ("{\"a\":[1,{\"b\":\"c\"}],\"d\":null}", Write(copy));

    /* A copy of a part has no place yet. */
    struct aws_json_value *part = aws_json_value_duplicate(aws_json_value_get_from_object_c_str(copy, "a"));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_add_to_object_c_str(copy, "e", part));
    aws_json_value_destroy(copy);
}

struct Walk {
    std::string seen;
    size_t stop_at;
    bool fail;
};

int OnMember(const struct aws_byte_cursor *key, const struct aws_json_value *, bool *more, void *arg) {
    auto *walk = static_cast<Walk *>(arg);
    EXPECT_TRUE(*more);
    walk->seen.append(reinterpret_cast<const char *>(key->ptr), key->len);
    if (walk->seen.size() == walk->stop_at) {
        *more = false;
        return walk->fail ? aws_raise_error(AWS_ERROR_UNKNOWN) : AWS_OP_SUCCESS;
    }
    return AWS_OP_SUCCESS;
}

int OnElement(size_t index, const struct aws_json_value *, bool *more, void *arg) {
    std::string name = std::to_string(index);
    struct aws_byte_cursor key = Cursor(name);
    return OnMember(&key, nullptr, more, arg);
}

TEST_F(Json, walks_end_where_the_callback_says) {
    struct aws_json_value *object = Parse("{\"a\":0,\"b\":0,\"c\":0}");
    struct aws_json_value *array = Parse("[0,0,0]");
    for (size_t stop_at = 1; stop_at <= 4; stop_at++) {
        for (bool fail : {false, true}) {
            int result = fail && stop_at < 4 ? AWS_OP_ERR : AWS_OP_SUCCESS;
            Walk members = {"", stop_at, fail};
            EXPECT_EQ(result, aws_json_const_iterate_object(object, OnMember, &members));
            EXPECT_EQ(std::string("abc").substr(0, stop_at), members.seen);
            Walk elements = {"", stop_at, fail};
            EXPECT_EQ(result, aws_json_const_iterate_array(array, OnElement, &elements));
            EXPECT_EQ(std::string("012").substr(0, stop_at), elements.seen);
        }
    }
    aws_json_value_destroy(object);
    aws_json_value_destroy(array);
}

TEST_F(Json, text_goes_behind_what_is_there) {
    struct aws_byte_buf text;
    aws_byte_buf_init_copy_from_cursor(&text, allocator_, Cursor("x="));
    struct aws_json_value *value = Parse("[1]");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_json_string(value, &text));
    EXPECT_TRUE(aws_byte_buf_eq_c_str(&text, "x=[1]"));
    aws_json_value_destroy(value);
    aws_byte_buf_clean_up(&text);
}

TEST_F(Json, bad_arguments_change_nothing) {
    struct aws_json_value *number = aws_json_value_new_number(allocator_, 1);
    struct aws_byte_cursor text = {};
    bool truth = false;
    double value = 0;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_get_string(number, &text));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_get_boolean(number, &truth));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_get_number(number, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_get_number(nullptr, &value));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_to_object_c_str(number, "a", number));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_array_element(number, number));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_remove_array_element(number, 0));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_const_iterate_object(number, OnMember, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_const_iterate_array(number, OnElement, nullptr));
    EXPECT_EQ(nullptr, aws_json_value_get_from_object_c_str(number, "a"));
    EXPECT_EQ(nullptr, aws_json_get_array_element(number, 0));
    EXPECT_EQ(0u, aws_json_get_array_size(number));
    EXPECT_FALSE(aws_json_value_has_key_c_str(number, "a"));
    EXPECT_EQ(nullptr, aws_json_value_new_null(nullptr));
    EXPECT_EQ(nullptr, aws_json_value_new_string_from_c_str(allocator_, nullptr));
    EXPECT_EQ(nullptr, aws_json_value_new_from_string(nullptr, Cursor("1")));
    EXPECT_EQ(nullptr, aws_json_value_duplicate(nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_json_string(number, nullptr));

    struct aws_json_value *object = aws_json_value_new_object(allocator_);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_to_object_c_str(object, nullptr, number));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_json_value_add_to_object_c_str(object, "a", nullptr));
    aws_json_value_destroy(object);
    aws_json_value_destroy(number);
    aws_json_value_destroy(nullptr);
}

} // namespace
