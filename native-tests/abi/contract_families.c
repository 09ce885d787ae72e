/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI of families of aws-c-common that libraries above us need, as facts: each line is an assertion. */
#if !defined(ABI_CHECK_ANY_PLATFORM) && !(defined(__linux__) && defined(__x86_64__) && defined(__LP64__))
#    error "the contract holds the Linux x86-64 layout; define ABI_CHECK_ANY_PLATFORM to try anyway"
#endif
#include <stddef.h>
#include <aws/common/command_line_parser.h>
#include <aws/common/json.h>

/* aws/common/command_line_parser.h */
_Static_assert(AWS_CLI_OPTIONS_NO_ARGUMENT == 0, "AWS_CLI_OPTIONS_NO_ARGUMENT is 0");
_Static_assert(AWS_CLI_OPTIONS_REQUIRED_ARGUMENT == 1, "AWS_CLI_OPTIONS_REQUIRED_ARGUMENT is 1");
_Static_assert(AWS_CLI_OPTIONS_OPTIONAL_ARGUMENT == 2, "AWS_CLI_OPTIONS_OPTIONAL_ARGUMENT is 2");
_Static_assert(sizeof(enum aws_cli_options_has_arg) == 4, "size of enum aws_cli_options_has_arg is 4");
_Static_assert(sizeof(struct aws_cli_subcommand_dispatch) == 16, "size of struct aws_cli_subcommand_dispatch is 16");
_Static_assert(_Alignof(struct aws_cli_subcommand_dispatch) == 8, "alignment of struct aws_cli_subcommand_dispatch is 8");
_Static_assert(offsetof(struct aws_cli_subcommand_dispatch, subcommand_fn) == 0, "offset of struct aws_cli_subcommand_dispatch.subcommand_fn is 0");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cli_subcommand_dispatch *)0)->subcommand_fn), aws_cli_options_subcommand_fn *), "type of struct aws_cli_subcommand_dispatch.subcommand_fn is aws_cli_options_subcommand_fn *");
_Static_assert(offsetof(struct aws_cli_subcommand_dispatch, command_name) == 8, "offset of struct aws_cli_subcommand_dispatch.command_name is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cli_subcommand_dispatch *)0)->command_name), const char *), "type of struct aws_cli_subcommand_dispatch.command_name is const char *");
_Static_assert(sizeof(struct aws_cli_option) == 32, "size of struct aws_cli_option is 32");
_Static_assert(_Alignof(struct aws_cli_option) == 8, "alignment of struct aws_cli_option is 8");
_Static_assert(offsetof(struct aws_cli_option, name) == 0, "offset of struct aws_cli_option.name is 0");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cli_option *)0)->name), const char *), "type of struct aws_cli_option.name is const char *");
_Static_assert(offsetof(struct aws_cli_option, has_arg) == 8, "offset of struct aws_cli_option.has_arg is 8");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cli_option *)0)->has_arg), enum aws_cli_options_has_arg), "type of struct aws_cli_option.has_arg is enum aws_cli_options_has_arg");
_Static_assert(offsetof(struct aws_cli_option, flag) == 16, "offset of struct aws_cli_option.flag is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cli_option *)0)->flag), int *), "type of struct aws_cli_option.flag is int *");
_Static_assert(offsetof(struct aws_cli_option, val) == 24, "offset of struct aws_cli_option.val is 24");
_Static_assert(__builtin_types_compatible_p(__typeof__(((struct aws_cli_option *)0)->val), int), "type of struct aws_cli_option.val is int");
_Static_assert(__builtin_types_compatible_p(aws_cli_options_subcommand_fn, int (int, char *const *, const char *, void *)), "aws_cli_options_subcommand_fn is int (int, char *const *, const char *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_cli_optind), int), "aws_cli_optind is int");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_cli_optarg), const char *), "aws_cli_optarg is const char *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_cli_positional_arg), const char *), "aws_cli_positional_arg is const char *");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_cli_getopt_long), int (int, char *const *, const char *, const struct aws_cli_option *, int *)), "aws_cli_getopt_long is int (int, char *const *, const char *, const struct aws_cli_option *, int *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_cli_reset_state), void (void)), "aws_cli_reset_state is void (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_cli_dispatch_on_subcommand), int (int, char *const *, struct aws_cli_subcommand_dispatch *, int, void *)), "aws_cli_dispatch_on_subcommand is int (int, char *const *, struct aws_cli_subcommand_dispatch *, int, void *)");

/* aws/common/json.h */
_Static_assert(__builtin_types_compatible_p(aws_json_on_member_encountered_const_fn, int (const struct aws_byte_cursor *, const struct aws_json_value *, bool *, void *)), "aws_json_on_member_encountered_const_fn is int (const struct aws_byte_cursor *, const struct aws_json_value *, bool *, void *)");
_Static_assert(__builtin_types_compatible_p(aws_json_on_value_encountered_const_fn, int (size_t, const struct aws_json_value *, bool *, void *)), "aws_json_on_value_encountered_const_fn is int (size_t, const struct aws_json_value *, bool *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_string), struct aws_json_value * (struct aws_allocator *, struct aws_byte_cursor)), "aws_json_value_new_string is struct aws_json_value * (struct aws_allocator *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_string_from_c_str), struct aws_json_value * (struct aws_allocator *, const char *)), "aws_json_value_new_string_from_c_str is struct aws_json_value * (struct aws_allocator *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_number), struct aws_json_value * (struct aws_allocator *, double)), "aws_json_value_new_number is struct aws_json_value * (struct aws_allocator *, double)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_array), struct aws_json_value * (struct aws_allocator *)), "aws_json_value_new_array is struct aws_json_value * (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_boolean), struct aws_json_value * (struct aws_allocator *, bool)), "aws_json_value_new_boolean is struct aws_json_value * (struct aws_allocator *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_null), struct aws_json_value * (struct aws_allocator *)), "aws_json_value_new_null is struct aws_json_value * (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_object), struct aws_json_value * (struct aws_allocator *)), "aws_json_value_new_object is struct aws_json_value * (struct aws_allocator *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_get_string), int (const struct aws_json_value *, struct aws_byte_cursor *)), "aws_json_value_get_string is int (const struct aws_json_value *, struct aws_byte_cursor *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_get_number), int (const struct aws_json_value *, double *)), "aws_json_value_get_number is int (const struct aws_json_value *, double *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_get_boolean), int (const struct aws_json_value *, bool *)), "aws_json_value_get_boolean is int (const struct aws_json_value *, bool *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_add_to_object), int (struct aws_json_value *, struct aws_byte_cursor, struct aws_json_value *)), "aws_json_value_add_to_object is int (struct aws_json_value *, struct aws_byte_cursor, struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_add_to_object_c_str), int (struct aws_json_value *, const char *, struct aws_json_value *)), "aws_json_value_add_to_object_c_str is int (struct aws_json_value *, const char *, struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_get_from_object), struct aws_json_value * (const struct aws_json_value *, struct aws_byte_cursor)), "aws_json_value_get_from_object is struct aws_json_value * (const struct aws_json_value *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_get_from_object_c_str), struct aws_json_value * (const struct aws_json_value *, const char *)), "aws_json_value_get_from_object_c_str is struct aws_json_value * (const struct aws_json_value *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_has_key), bool (const struct aws_json_value *, struct aws_byte_cursor)), "aws_json_value_has_key is bool (const struct aws_json_value *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_has_key_c_str), bool (const struct aws_json_value *, const char *)), "aws_json_value_has_key_c_str is bool (const struct aws_json_value *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_remove_from_object), int (struct aws_json_value *, struct aws_byte_cursor)), "aws_json_value_remove_from_object is int (struct aws_json_value *, struct aws_byte_cursor)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_remove_from_object_c_str), int (struct aws_json_value *, const char *)), "aws_json_value_remove_from_object_c_str is int (struct aws_json_value *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_const_iterate_object), int (const struct aws_json_value *, aws_json_on_member_encountered_const_fn *, void *)), "aws_json_const_iterate_object is int (const struct aws_json_value *, aws_json_on_member_encountered_const_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_add_array_element), int (struct aws_json_value *, const struct aws_json_value *)), "aws_json_value_add_array_element is int (struct aws_json_value *, const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_get_array_element), struct aws_json_value * (const struct aws_json_value *, size_t)), "aws_json_get_array_element is struct aws_json_value * (const struct aws_json_value *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_get_array_size), size_t (const struct aws_json_value *)), "aws_json_get_array_size is size_t (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_remove_array_element), int (struct aws_json_value *, size_t)), "aws_json_value_remove_array_element is int (struct aws_json_value *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_const_iterate_array), int (const struct aws_json_value *, aws_json_on_value_encountered_const_fn *, void *)), "aws_json_const_iterate_array is int (const struct aws_json_value *, aws_json_on_value_encountered_const_fn *, void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_compare), bool (const struct aws_json_value *, const struct aws_json_value *, bool)), "aws_json_value_compare is bool (const struct aws_json_value *, const struct aws_json_value *, bool)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_duplicate), struct aws_json_value * (const struct aws_json_value *)), "aws_json_value_duplicate is struct aws_json_value * (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_is_string), bool (const struct aws_json_value *)), "aws_json_value_is_string is bool (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_is_number), bool (const struct aws_json_value *)), "aws_json_value_is_number is bool (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_is_array), bool (const struct aws_json_value *)), "aws_json_value_is_array is bool (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_is_boolean), bool (const struct aws_json_value *)), "aws_json_value_is_boolean is bool (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_is_null), bool (const struct aws_json_value *)), "aws_json_value_is_null is bool (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_is_object), bool (const struct aws_json_value *)), "aws_json_value_is_object is bool (const struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_destroy), void (struct aws_json_value *)), "aws_json_value_destroy is void (struct aws_json_value *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_json_string), int (const struct aws_json_value *, struct aws_byte_buf *)), "aws_byte_buf_append_json_string is int (const struct aws_json_value *, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_byte_buf_append_json_string_formatted), int (const struct aws_json_value *, struct aws_byte_buf *)), "aws_byte_buf_append_json_string_formatted is int (const struct aws_json_value *, struct aws_byte_buf *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(aws_json_value_new_from_string), struct aws_json_value * (struct aws_allocator *, struct aws_byte_cursor)), "aws_json_value_new_from_string is struct aws_json_value * (struct aws_allocator *, struct aws_byte_cursor)");
