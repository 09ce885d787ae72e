/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_COMMAND_LINE_PARSER_H
#define AWS_COMMON_COMMAND_LINE_PARSER_H

/*
 * Options of a command line, one after another, in the manner of getopt_long(). There is one such parser in a process,
 * for one thread.
 */

#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** For programs to state; what counts is the string of options that the parser gets. */
enum aws_cli_options_has_arg {
    AWS_CLI_OPTIONS_NO_ARGUMENT = 0,
    AWS_CLI_OPTIONS_REQUIRED_ARGUMENT = 1,
    AWS_CLI_OPTIONS_OPTIONAL_ARGUMENT = 2,
};

/** Runs a command: the arguments begin with its name. What it returns is what the dispatcher returns. */
typedef int(aws_cli_options_subcommand_fn)(int argc, char *const argv[], const char *command_name, void *user_data);

/** A command and its name. */
struct aws_cli_subcommand_dispatch {
    /** Called with the arguments from the name on. */
    aws_cli_options_subcommand_fn *subcommand_fn;
    /** Compared with the first argument without regard to case. Not copied. */
    const char *command_name;
};

/** An option: `--name`, or `-v` where v is `val`. The end of an array of them is marked by one that is all zero. */
struct aws_cli_option {
    /** The long name, without hyphens. Not copied. NULL if there is none. */
    const char *name;
    /** Whether an argument follows. */
    enum aws_cli_options_has_arg has_arg;
    /** Not used. */
    int *flag;
    /** The short name, a character, and what aws_cli_getopt_long() returns for the option. 0 if there is none. */
    int val;
};

AWS_EXTERN_C_BEGIN

/** Index of the next argument to look at; 1 at first. */
AWS_COMMON_API extern int aws_cli_optind;

/** What belongs to the option found last, NULL if nothing does. */
AWS_COMMON_API extern const char *aws_cli_optarg;

/** The argument found last, if it was no option; NULL otherwise. */
AWS_COMMON_API extern const char *aws_cli_positional_arg;

/**
 * Takes the next option. `optstring` holds the `val` of each option that may come, followed by a colon if the next
 * argument belongs to it. `longindex` may be NULL; otherwise it becomes the index of the option found.
 *
 * Returns the option's `val`; 2 for an argument that is no option; '?' for an option that is not in both lists, one
 * that lacks its argument, and the argument after an unknown option; -1 when there are no more, or something is NULL.
 */
AWS_COMMON_API
int aws_cli_getopt_long(
    int argc, char *const argv[], const char *optstring, const struct aws_cli_option *longopts, int *longindex);

/** Starts over, with the first argument. */
AWS_COMMON_API
void aws_cli_reset_state(void);

/**
 * Runs the command that argv[1] names, whatever its case, and returns its result. Without such an argument it fails
 * with AWS_ERROR_INVALID_ARGUMENT, without such a command with AWS_ERROR_UNIMPLEMENTED.
 */
AWS_COMMON_API
int aws_cli_dispatch_on_subcommand(
    int argc,
    char *const argv[],
    struct aws_cli_subcommand_dispatch *dispatch_table,
    int table_length,
    void *user_data);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_COMMAND_LINE_PARSER_H */
