// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Darwin;
using Reseau.Native.Interop.Posix;
using Xunit;

namespace Reseau.Native.Tests.Interop;

/// <summary>
/// What is worked out before Darwin is called: it waits for a time, not until one, and takes whole pages.
/// </summary>
public class DarwinCallTests
{
    [Theory]
    [InlineData(5, 100, 7, 300, 2, 200)]
    [InlineData(5, 900_000_000, 7, 100_000_000, 1, 200_000_000)]
    [InlineData(5, 999_999_999, 6, 0, 0, 1)]
    [InlineData(5, 100, 5, 100, 0, 0)]
    [InlineData(5, 100, 5, 99, 0, 0)]
    [InlineData(7, 0, 5, 999_999_999, 0, 0)]
    [InlineData(0, 0, long.MaxValue, 999_999_999, long.MaxValue, 999_999_999)]
    public void WhatIsLeftIsNeverLessThanZero(
        long begin, long beginNanos, long end, long endNanos, long left, long leftNanos)
    {
        Libc.timespec time = DarwinCalls.TimeBetween(Time(begin, beginNanos), Time(end, endNanos));
        Assert.Equal(left, time.tv_sec);
        Assert.Equal(leftNanos, time.tv_nsec);
    }

    [Theory]
    [InlineData(1u, 16384u)]
    [InlineData(16384u, 16384u)]
    [InlineData(16385u, 32768u)]
    [InlineData(1048576u, 1048576u)]
    public void StacksAreWholePages(uint size, uint pages) =>
        Assert.Equal((nuint)pages, DarwinCalls.WholePages(size));

    [Fact]
    public void AStackThatIsTooLargeStaysSo() => Assert.Equal(nuint.MaxValue, DarwinCalls.WholePages(nuint.MaxValue));

    private static Libc.timespec Time(long seconds, long nanoseconds) =>
        new() { tv_sec = (nint)seconds, tv_nsec = (nint)nanoseconds };
}
