/* SPDX-License-Identifier: Apache-2.0 */
/* Exported variables of <aws/io/channel.h>. Managed code cannot export data. */
#include <stddef.h>

#if defined(_WIN32)
__declspec(dllexport)
#endif
    size_t g_aws_channel_max_fragment_size = 16 * 1024;

size_t *reseau_channel_max_fragment_size(void);

size_t *reseau_channel_max_fragment_size(void) {
    return &g_aws_channel_max_fragment_size;
}
