/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A C string may end where its memory ends. Each function and each structure that takes one gets one here whose NUL is
 * the last byte before a page that cannot be read. native-tests/abi/check_c_strings.py compares the table with the
 * headers.
 */
#include "support/bootstraps.h"
#include "support/loops.h"
#include "support/place.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/command_line_parser.h>
#include <aws/common/environment.h>
#include <aws/common/file.h>
#include <aws/common/hash_table.h>
#include <aws/common/json.h>
#include <aws/common/log_formatter.h>
#include <aws/common/log_writer.h>
#include <aws/common/process.h>
#include <aws/common/string.h>
#include <aws/common/task_scheduler.h>
#include <aws/io/channel.h>
#include <aws/io/pem.h>
#include <aws/io/shared_library.h>
#include <aws/io/stream.h>
#include <aws/io/tls_channel_handler.h>

#include <cstring>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace {

using Allocator = struct aws_allocator;

struct Use {
    const char *name;
    void (*run)(Place &place, Allocator *allocator);
};

std::ostream &operator<<(std::ostream &stream, const Use &use) {
    return stream << use.name;
}

int OnSubcommand(int, char *const[], const char *, void *called) {
    *static_cast<bool *>(called) = true;
    return AWS_OP_SUCCESS;
}

/* The option that a command line of one argument names. */
int Option(char *argument, const char *letters, const char *name) {
    char program[] = "program";
    char *arguments[] = {program, argument, nullptr};
    struct aws_cli_option options[] = {{name, AWS_CLI_OPTIONS_NO_ARGUMENT, nullptr, 'o'}, {nullptr, {}, nullptr, 0}};
    aws_cli_reset_state();
    return aws_cli_getopt_long(2, arguments, letters, options, nullptr);
}

struct aws_json_value *Object(Allocator *allocator) {
    return aws_json_value_new_from_string(allocator, aws_byte_cursor_from_c_str("{\"key\":\"text\"}"));
}

/* The last error of a call that found no such file. */
template <class Call> void ExpectNoFile(Call call) {
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, call());
}

std::string Formatted(const char *subject, const char *format, ...) {
    char line[512];
    struct aws_logging_standard_formatting_data data = {};
    data.log_line_buffer = line;
    data.total_length = sizeof(line);
    data.level = AWS_LL_INFO;
    data.subject_name = subject;
    data.format = format;
    data.date_format = AWS_DATE_FORMAT_ISO_8601;
    va_list arguments;
    va_start(arguments, format);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_format_standard_log_line(&data, arguments));
    va_end(arguments);
    return std::string(line, data.amount_written);
}

void IgnoreChannel(struct aws_client_bootstrap *, int, struct aws_channel *, void *opened) {
    if (opened != nullptr) {
        static_cast<Signal *>(opened)->Raise();
    }
}

void ExpectOptionsFail(int (*init)(struct aws_tls_ctx_options *, Place &, Allocator *), Allocator *allocator) {
    Place place;
    struct aws_tls_ctx_options options = {};
    EXPECT_EQ(AWS_OP_ERR, init(&options, place, allocator));
    aws_tls_ctx_options_clean_up(&options);
}

const Use s_uses[] = {
    {"aws_byte_buf_from_c_str",
     [](Place &place, Allocator *) { EXPECT_EQ(4u, aws_byte_buf_from_c_str(place("text")).len); }},
    {"aws_byte_cursor_from_c_str",
     [](Place &place, Allocator *) { EXPECT_EQ(4u, aws_byte_cursor_from_c_str(place("text")).len); }},
    {"aws_byte_buf_init_from_file",
     [](Place &place, Allocator *allocator) {
         struct aws_byte_buf buf;
         ExpectNoFile([&] { return aws_byte_buf_init_from_file(&buf, allocator, place("/no/such/file")); });
     }},
    {"aws_byte_buf_init_from_file_with_size_hint",
     [](Place &place, Allocator *allocator) {
         struct aws_byte_buf buf;
         ExpectNoFile(
             [&] { return aws_byte_buf_init_from_file_with_size_hint(&buf, allocator, place("/no/such/file"), 1); });
     }},
    {"aws_array_eq_c_str",
     [](Place &place, Allocator *) { EXPECT_TRUE(aws_array_eq_c_str("text", 4, place("text"))); }},
    {"aws_array_eq_c_str_ignore_case",
     [](Place &place, Allocator *) { EXPECT_TRUE(aws_array_eq_c_str_ignore_case("text", 4, place("TEXT"))); }},
    {"aws_byte_buf_eq_c_str",
     [](Place &place, Allocator *) {
         struct aws_byte_buf buf = aws_byte_buf_from_c_str("a text longer than that");
         EXPECT_FALSE(aws_byte_buf_eq_c_str(&buf, place("a text")));
     }},
    {"aws_byte_buf_eq_c_str_ignore_case",
     [](Place &place, Allocator *) {
         struct aws_byte_buf buf = aws_byte_buf_from_c_str("a text longer than that");
         EXPECT_FALSE(aws_byte_buf_eq_c_str_ignore_case(&buf, place("A TEXT")));
     }},
    {"aws_byte_cursor_eq_c_str",
     [](Place &place, Allocator *) {
         struct aws_byte_cursor cursor = aws_byte_cursor_from_c_str("a text longer than that");
         EXPECT_FALSE(aws_byte_cursor_eq_c_str(&cursor, place("a text")));
     }},
    {"aws_byte_cursor_eq_c_str_ignore_case",
     [](Place &place, Allocator *) {
         struct aws_byte_cursor cursor = aws_byte_cursor_from_c_str("a text longer than that");
         EXPECT_FALSE(aws_byte_cursor_eq_c_str_ignore_case(&cursor, place("A TEXT")));
     }},
    {"aws_cli_getopt_long",
     [](Place &place, Allocator *) {
         EXPECT_EQ('o', Option(place("--option"), place("o"), "option"));
         EXPECT_EQ('o', Option(place("-o"), place("xo"), "option"));
         EXPECT_EQ('?', Option(place("-o"), place("x"), "option"));
         EXPECT_EQ('?', Option(place("-"), place(""), "option"));
         EXPECT_EQ('?', Option(place("--"), place(""), "option"));
         EXPECT_EQ(0x02, Option(place(""), place(""), "option"));
     }},
    {"aws_cli_option.name",
     [](Place &place, Allocator *) {
         char argument[] = "--option-that-is-longer";
         EXPECT_EQ('?', Option(argument, "o", place("option")));
     }},
    {"aws_cli_dispatch_on_subcommand",
     [](Place &place, Allocator *) {
         bool called = false;
         char *arguments[] = {place("program"), place("do"), nullptr};
         struct aws_cli_subcommand_dispatch table[] = {{OnSubcommand, "do"}};
         EXPECT_EQ(AWS_OP_SUCCESS, aws_cli_dispatch_on_subcommand(2, arguments, table, 1, &called));
         EXPECT_TRUE(called);
     }},
    {"aws_cli_subcommand_dispatch.command_name",
     [](Place &place, Allocator *) {
         bool called = false;
         char program[] = "program", command[] = "do-more-than-that";
         char *arguments[] = {program, command, nullptr};
         struct aws_cli_subcommand_dispatch table[] = {{OnSubcommand, place("do")}};
         EXPECT_RAISES(AWS_ERROR_UNIMPLEMENTED, aws_cli_dispatch_on_subcommand(2, arguments, table, 1, &called));
     }},
    {"aws_get_env",
     [](Place &place, Allocator *allocator) {
         EXPECT_EQ(nullptr, aws_get_env(allocator, place("RESEAU_TEST_IS_NOT_SET")));
     }},
    {"aws_get_env_nonempty",
     [](Place &place, Allocator *allocator) {
         EXPECT_EQ(nullptr, aws_get_env_nonempty(allocator, place("RESEAU_TEST_IS_NOT_SET")));
     }},
    {"aws_fopen",
     [](Place &place, Allocator *) {
         FILE *file = aws_fopen(place("/dev/null"), place("r"));
         ASSERT_NE(nullptr, file);
         fclose(file);
         EXPECT_EQ(nullptr, aws_fopen(place("/no/such/file"), place("r")));
     }},
    {"aws_hash_c_string",
     [](Place &place, Allocator *) { EXPECT_EQ(aws_hash_c_string("text"), aws_hash_c_string(place("text"))); }},
    {"aws_hash_callback_c_str_eq",
     [](Place &place, Allocator *) { EXPECT_TRUE(aws_hash_callback_c_str_eq(place("text"), place("text"))); }},
    {"aws_json_value_new_string_from_c_str",
     [](Place &place, Allocator *allocator) {
         aws_json_value_destroy(aws_json_value_new_string_from_c_str(allocator, place("text")));
     }},
    {"aws_json_value_add_to_object_c_str",
     [](Place &place, Allocator *allocator) {
         struct aws_json_value *object = Object(allocator);
         struct aws_json_value *value = aws_json_value_new_null(allocator);
         EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_add_to_object_c_str(object, place("k"), value));
         aws_json_value_destroy(object);
     }},
    {"aws_json_value_get_from_object_c_str",
     [](Place &place, Allocator *allocator) {
         struct aws_json_value *object = Object(allocator);
         EXPECT_NE(nullptr, aws_json_value_get_from_object_c_str(object, place("key")));
         aws_json_value_destroy(object);
     }},
    {"aws_json_value_has_key_c_str",
     [](Place &place, Allocator *allocator) {
         struct aws_json_value *object = Object(allocator);
         EXPECT_FALSE(aws_json_value_has_key_c_str(object, place("ke")));
         aws_json_value_destroy(object);
     }},
    {"aws_json_value_remove_from_object_c_str",
     [](Place &place, Allocator *allocator) {
         struct aws_json_value *object = Object(allocator);
         EXPECT_EQ(AWS_OP_SUCCESS, aws_json_value_remove_from_object_c_str(object, place("key")));
         aws_json_value_destroy(object);
     }},
    {"aws_string_to_log_level",
     [](Place &place, Allocator *) {
         enum aws_log_level level = AWS_LL_NONE;
         EXPECT_EQ(AWS_OP_SUCCESS, aws_string_to_log_level(place("WARN"), &level));
         EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_to_log_level(place("W"), &level));
     }},
    {"aws_log_subject_info.subject_name",
     [](Place &place, Allocator *) {
         const aws_log_subject_t first = AWS_LOG_SUBJECT_BEGIN_RANGE(AWS_PACKAGE_SLOTS - 1);
         struct aws_log_subject_info info = {first, place("subject"), place("description")};
         struct aws_log_subject_info_list list = {&info, 1};
         aws_register_log_subject_info_list(&list);
         AWS_LOGF_INFO(first, "text");
         EXPECT_STREQ("subject", aws_log_subject_name(first));
         aws_unregister_log_subject_info_list(&list);
     }},
    {"aws_logging_standard_formatting_data.subject_name",
     [](Place &place, Allocator *) {
         EXPECT_NE(std::string::npos, Formatted(place("subject"), "text").find("[subject]"));
     }},
    {"aws_logging_standard_formatting_data.format",
     [](Place &place, Allocator *) {
         EXPECT_NE(std::string::npos, Formatted(nullptr, place("a %s"), place("text")).find("a text"));
     }},
    {"aws_log_writer_file_options.filename",
     [](Place &place, Allocator *allocator) {
         struct aws_log_writer_file_options options = {place("/no/such/file"), nullptr};
         struct aws_log_writer writer;
         ExpectNoFile([&] { return aws_log_writer_init_file(&writer, allocator, &options); });
     }},
    {"aws_logger_standard_options.filename",
     [](Place &place, Allocator *allocator) {
         struct aws_logger_standard_options options = {AWS_LL_INFO, place("/no/such/file"), nullptr};
         struct aws_logger logger;
         ExpectNoFile([&] { return aws_logger_init_standard(&logger, allocator, &options); });
         ExpectNoFile([&] { return aws_logger_init_noalloc(&logger, allocator, &options); });
     }},
    {"aws_run_command_options.command",
     [](Place &place, Allocator *allocator) {
         struct aws_run_command_options options = {place("true")};
         struct aws_run_command_result result;
         ASSERT_EQ(AWS_OP_SUCCESS, aws_run_command_result_init(allocator, &result));
         EXPECT_EQ(AWS_OP_SUCCESS, aws_run_command(allocator, &options, &result));
         EXPECT_EQ(0, result.ret_code);
         aws_run_command_result_cleanup(&result);
     }},
    {"aws_string_new_from_c_str",
     [](Place &place, Allocator *allocator) {
         aws_string_destroy(aws_string_new_from_c_str(allocator, place("text")));
     }},
    {"aws_string_eq_c_str",
     [](Place &place, Allocator *allocator) {
         struct aws_string *string = aws_string_new_from_c_str(allocator, "a text longer than that");
         EXPECT_FALSE(aws_string_eq_c_str(string, place("a text")));
         aws_string_destroy(string);
     }},
    {"aws_string_eq_c_str_ignore_case",
     [](Place &place, Allocator *allocator) {
         struct aws_string *string = aws_string_new_from_c_str(allocator, "a text longer than that");
         EXPECT_FALSE(aws_string_eq_c_str_ignore_case(string, place("A TEXT")));
         aws_string_destroy(string);
     }},
    {"aws_c_string_is_valid", [](Place &place, Allocator *) { EXPECT_TRUE(aws_c_string_is_valid(place("text"))); }},
    {"aws_secure_strlen",
     [](Place &place, Allocator *) {
         for (size_t most : {5, 6, 100, 4096, 1 << 20}) {
             size_t length = 0;
             EXPECT_EQ(AWS_OP_SUCCESS, aws_secure_strlen(place("text"), most, &length));
             EXPECT_EQ(4u, length);
         }
         size_t length = 0;
         EXPECT_EQ(AWS_OP_SUCCESS, aws_secure_strlen(place("text"), SIZE_MAX, &length));
         EXPECT_EQ(4u, length);
         EXPECT_RAISES(AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED, aws_secure_strlen(place("text"), 4, &length));
     }},
    {"aws_task_init",
     [](Place &place, Allocator *) {
         struct aws_task task;
         aws_task_init(
             &task, [](struct aws_task *, void *, enum aws_task_status) {}, nullptr, place("tag"));
         aws_task_run(&task, AWS_TASK_STATUS_RUN_READY);
     }},
    {"aws_channel_task_init",
     [](Place &place, Allocator *) {
         struct aws_channel_task task;
         aws_channel_task_init(
             &task, [](struct aws_channel_task *, void *, enum aws_task_status) {}, nullptr, place("tag"));
         EXPECT_STREQ("tag", task.type_tag);
     }},
    {"aws_socket_channel_bootstrap_options.host_name",
     [](Place &place, Allocator *allocator) {
         LoopGroup group(allocator);
         struct aws_host_resolver_default_options resolver_options = {};
         resolver_options.max_entries = 8;
         resolver_options.el_group = group.get();
         struct aws_host_resolver *resolver = aws_host_resolver_new_default(allocator, &resolver_options);
         struct aws_client_bootstrap_options bootstrap_options = {};
         bootstrap_options.event_loop_group = group.get();
         bootstrap_options.host_resolver = resolver;
         struct aws_client_bootstrap *bootstrap = aws_client_bootstrap_new(allocator, &bootstrap_options);
         struct aws_socket_options socket_options = StreamOptions(AWS_SOCKET_LOCAL);
         Signal is_set_up;
         struct aws_socket_channel_bootstrap_options options = {};
         options.bootstrap = bootstrap;
         options.host_name = place("/no/such/socket");
         options.socket_options = &socket_options;
         options.setup_callback = IgnoreChannel;
         options.shutdown_callback = IgnoreChannel;
         options.user_data = &is_set_up;
         if (aws_client_bootstrap_new_socket_channel(&options) == AWS_OP_SUCCESS) {
             EXPECT_TRUE(is_set_up.Wait());
         }
         aws_client_bootstrap_release(bootstrap);
         aws_host_resolver_release(resolver);
     }},
    {"aws_server_socket_channel_bootstrap_options.host_name",
     [](Place &place, Allocator *allocator) {
         LoopGroup group(allocator);
         Server server(allocator, group.get(), AWS_SOCKET_IPV4);
         server.options.host_name = place("127.0.0.1");
         EXPECT_TRUE(server.Listen());
     }},
    {"aws_pem_objects_init_from_file_path",
     [](Place &place, Allocator *allocator) {
         struct aws_array_list objects;
         ExpectNoFile([&] { return aws_pem_objects_init_from_file_path(&objects, allocator, place("/no/such/file")); });
     }},
    {"aws_shared_library_init",
     [](Place &place, Allocator *) {
         struct aws_shared_library library;
         EXPECT_RAISES(
             AWS_IO_SHARED_LIBRARY_LOAD_FAILURE, aws_shared_library_init(&library, place("/no/such/file.so")));
     }},
    {"aws_shared_library_find_function",
     [](Place &place, Allocator *) {
         struct aws_shared_library library;
         ASSERT_EQ(AWS_OP_SUCCESS, aws_shared_library_init(&library, nullptr));
         aws_generic_function function = nullptr;
         EXPECT_RAISES(
             AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE,
             aws_shared_library_find_function(&library, place("no_such_function"), &function));
         aws_shared_library_clean_up(&library);
     }},
    {"aws_is_network_interface_name_valid",
     [](Place &place, Allocator *) { EXPECT_TRUE(aws_is_network_interface_name_valid(place("lo"))); }},
    {"aws_input_stream_new_from_file",
     [](Place &place, Allocator *allocator) {
         EXPECT_EQ(nullptr, aws_input_stream_new_from_file(allocator, place("/no/such/file")));
     }},
    {"aws_tls_ctx_options_init_client_mtls_from_path",
     [](Place &, Allocator *allocator) {
         ExpectOptionsFail(
             [](struct aws_tls_ctx_options *options, Place &place, Allocator *allocator) {
                 return aws_tls_ctx_options_init_client_mtls_from_path(
                     options, allocator, place("/no/such/file"), place("/no/such/file"));
             },
             allocator);
     }},
    {"aws_tls_ctx_options_init_default_server_from_path",
     [](Place &, Allocator *allocator) {
         ExpectOptionsFail(
             [](struct aws_tls_ctx_options *options, Place &place, Allocator *allocator) {
                 return aws_tls_ctx_options_init_default_server_from_path(
                     options, allocator, place("/no/such/file"), place("/no/such/file"));
             },
             allocator);
     }},
    {"aws_tls_ctx_options_init_client_mtls_from_system_path",
     [](Place &, Allocator *allocator) {
         ExpectOptionsFail(
             [](struct aws_tls_ctx_options *options, Place &place, Allocator *allocator) {
                 return aws_tls_ctx_options_init_client_mtls_from_system_path(options, allocator, place("path"));
             },
             allocator);
     }},
    {"aws_tls_ctx_options_init_default_server_from_system_path",
     [](Place &, Allocator *allocator) {
         ExpectOptionsFail(
             [](struct aws_tls_ctx_options *options, Place &place, Allocator *allocator) {
                 return aws_tls_ctx_options_init_default_server_from_system_path(options, allocator, place("path"));
             },
             allocator);
     }},
    {"aws_tls_ctx_options_init_client_mtls_pkcs12_from_path",
     [](Place &, Allocator *allocator) {
         ExpectOptionsFail(
             [](struct aws_tls_ctx_options *options, Place &place, Allocator *allocator) {
                 struct aws_byte_cursor password = aws_byte_cursor_from_c_str(place("password"));
                 return aws_tls_ctx_options_init_client_mtls_pkcs12_from_path(
                     options, allocator, place("/no/such/file"), &password);
             },
             allocator);
     }},
    {"aws_tls_ctx_options_init_server_pkcs12_from_path",
     [](Place &, Allocator *allocator) {
         ExpectOptionsFail(
             [](struct aws_tls_ctx_options *options, Place &place, Allocator *allocator) {
                 struct aws_byte_cursor password = aws_byte_cursor_from_c_str(place("password"));
                 return aws_tls_ctx_options_init_server_pkcs12_from_path(
                     options, allocator, place("/no/such/file"), &password);
             },
             allocator);
     }},
    {"aws_tls_ctx_options_set_alpn_list",
     [](Place &place, Allocator *allocator) {
         struct aws_tls_ctx_options options;
         aws_tls_ctx_options_init_default_client(&options, allocator);
         EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_ctx_options_set_alpn_list(&options, place("h2;http/1.1")));
         aws_tls_ctx_options_clean_up(&options);
     }},
    {"aws_tls_ctx_options_override_default_trust_store_from_path",
     [](Place &place, Allocator *allocator) {
         struct aws_tls_ctx_options options;
         aws_tls_ctx_options_init_default_client(&options, allocator);
         EXPECT_EQ(
             AWS_OP_ERR,
             aws_tls_ctx_options_override_default_trust_store_from_path(
                 &options, place("/no/such/folder"), place("/no/such/file")));
         aws_tls_ctx_options_clean_up(&options);
     }},
    {"aws_tls_connection_options_set_alpn_list",
     [](Place &place, Allocator *allocator) {
         struct aws_tls_ctx_options context_options;
         aws_tls_ctx_options_init_default_client(&context_options, allocator);
         struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator, &context_options);
         struct aws_tls_connection_options options;
         aws_tls_connection_options_init_from_ctx(&options, context);
         EXPECT_EQ(AWS_OP_SUCCESS, aws_tls_connection_options_set_alpn_list(&options, allocator, place("h2;http/1.1")));
         aws_tls_connection_options_clean_up(&options);
         aws_tls_ctx_release(context);
         aws_tls_ctx_options_clean_up(&context_options);
     }},
};

class CString : public TracedIoTest, public ::testing::WithParamInterface<Use> {
  protected:
    /* Log lines read the strings too. */
    void SetUp() override {
        TracedIoTest::SetUp();
        struct aws_logger_standard_options options = {AWS_LL_TRACE, "/dev/null", nullptr};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger_, allocator_, &options));
        aws_logger_set(&logger_);
    }

    void TearDown() override {
        aws_logger_set(nullptr);
        aws_logger_clean_up(&logger_);
        TracedIoTest::TearDown();
    }

    struct aws_logger logger_ = {};
};

TEST_P(CString, IsNotReadBehindItsEnd) {
    Place place;
    GetParam().run(place, allocator_);
}

INSTANTIATE_TEST_SUITE_P(All, CString, ::testing::ValuesIn(s_uses), [](const auto &info) {
    std::string name = info.param.name;
    size_t dot = name.find('.');
    return dot == std::string::npos ? name : name.replace(dot, 1, "_");
});

} // namespace
