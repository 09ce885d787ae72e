/* SPDX-License-Identifier: Apache-2.0 */
/* Exported variables of <aws/common/command_line_parser.h>. Managed code cannot export data. */
#include <aws/common/command_line_parser.h>

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
