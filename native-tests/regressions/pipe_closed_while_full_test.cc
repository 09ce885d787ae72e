/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A write waited for room in a full pipe, and the read end was closed. The kernel reports that as an error and not as
 * room; the write end looked for room only, so the write never completed, and whoever waited for it waited for ever.
 * Found by the stress program.
 */
#include "support/loops.h"
#include "support/traced_test.h"

#include <aws/io/pipe.h>

#include <string>

class PipeClosedWhileFull : public TracedIoTest {};

TEST_F(PipeClosedWhileFull, TheWaitingWriteFails) {
    LoopGroup group(allocator_);
    struct aws_pipe_read_end read_end = {};
    struct aws_pipe_write_end write_end = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_pipe_init(&read_end, group.loop(), &write_end, group.loop(), allocator_));

    struct Written {
        Signal done;
        int error = -1;
    } written;
    std::string data(1 << 20, 'x');
    struct aws_byte_cursor cursor = {data.size(), (uint8_t *)&data[0]};
    RunOnLoop(group.loop(), [&] {
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_pipe_write(
                &write_end,
                cursor,
                [](struct aws_pipe_write_end *, int error, struct aws_byte_cursor, void *arg) {
                    static_cast<Written *>(arg)->error = error;
                    static_cast<Written *>(arg)->done.Raise();
                },
                &written));
    });
    RunOnLoop(group.loop(), [&] { aws_pipe_clean_up_read_end(&read_end); });
    EXPECT_TRUE(written.done.Wait());
    EXPECT_EQ(AWS_IO_BROKEN_PIPE, written.error);
    RunOnLoop(group.loop(), [&] { aws_pipe_clean_up_write_end(&write_end); });
}
