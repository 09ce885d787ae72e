/* SPDX-License-Identifier: Apache-2.0 */
/* Exported variables, which managed code cannot have. */
#include <aws/common/command_line_parser.h>

#include <stddef.h>

/* Of <aws/io/channel.h>. */
size_t g_aws_channel_max_fragment_size = 16 * 1024;

size_t *reseau_channel_max_fragment_size(void);

size_t *reseau_channel_max_fragment_size(void) {
    return &g_aws_channel_max_fragment_size;
}

/* Of <aws/common/command_line_parser.h>. */
int aws_cli_optind = 1;
const char *aws_cli_optarg = NULL;
const char *aws_cli_positional_arg = NULL;

int *reseau_command_line_index(void);
const char **reseau_command_line_argument(void);
const char **reseau_command_line_positional(void);

int *reseau_command_line_index(void) {
    return &aws_cli_optind;
}

const char **reseau_command_line_argument(void) {
    return &aws_cli_optarg;
}

const char **reseau_command_line_positional(void) {
    return &aws_cli_positional_arg;
}
