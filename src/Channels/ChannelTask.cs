// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Channels;

/// <summary></summary>
internal static unsafe class ChannelTask
{
    /// <summary>aws_channel_task_init</summary>
    internal static void Init(aws_channel_task* channel_task, aws_channel_task_fn task_fn, void* arg, byte* type_tag) => throw new System.NotImplementedException();
}
