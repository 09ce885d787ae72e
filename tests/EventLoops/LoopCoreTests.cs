// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>What src/Shim/loop_core.h says of the core of a loop, which it asserts of the C.</summary>
public unsafe class LoopCoreTests
{
    [Fact]
    public void TheCoreBeginsAsTheShimBelieves()
    {
        LoopCore core;
        Assert.Equal(0, Offset(&core, &core.Owner));
        Assert.Equal(24, Offset(&core, &core.Forks));
        Assert.Equal(96 - 32, (int)Marshal.OffsetOf<CrossThreadTaskQueue>("_stack"));
        Assert.Equal(172 - 32, (int)Marshal.OffsetOf<CrossThreadTaskQueue>("_wakeUpsDue"));
        Assert.Equal(32, Offset(&core, &core.Incoming));
        Assert.Equal(192, Offset(&core, &core.Scheduler));
    }

    private static long Offset(void* start, void* field) => (byte*)field - (byte*)start;
}
