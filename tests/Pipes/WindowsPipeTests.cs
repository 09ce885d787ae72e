// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;
using Reseau.Native.Pipes.Windows;
using Reseau.Native.Tests.Windows;
using Xunit;

namespace Reseau.Native.Tests.Pipes;

/// <summary>Names of pipes.</summary>
public sealed unsafe class WindowsPipeTests
{
    private static readonly byte[] s_name = new byte[64];
    private static int s_calls;
    private static int s_taken;

    [WindowsFact]
    public void ANameThatSomebodyHasIsReplacedByAnotherAFewTimes()
    {
        fixed (byte* name = s_name)
            Assert.Equal(AWS_OP_SUCCESS, WindowsPipe.GetUniqueName(name, (nuint)s_name.Length));
        nint* ends = stackalloc nint[4];
        s_taken = 1;
        Assert.True(TryOpen(&ends[0]));
        Assert.Equal(1, s_calls);

        s_taken = 2;
        Assert.True(TryOpen(&ends[2]));
        Assert.Equal(3, s_calls);

        nint* none = stackalloc nint[2];
        s_taken = int.MaxValue;
        Assert.False(TryOpen(none));
        Assert.Equal(WindowsPipe.MaxNames, s_calls);
        for (int i = 0; i < 4; i++)
            Assert.NotEqual(0, Kernel32.CloseHandle(ends[i]));
    }

    private static bool TryOpen(nint* ends)
    {
        s_calls = 0;
        return WindowsPipe.TryOpen(&ends[0], &ends[1], &NameOf);
    }

    // The same name so many times, then others.
    private static int NameOf(byte* text, nuint size)
    {
        if (++s_calls > s_taken)
            return WindowsPipe.GetUniqueName(text, size);
        s_name.CopyTo(new Span<byte>(text, (int)size));
        return AWS_OP_SUCCESS;
    }
}
