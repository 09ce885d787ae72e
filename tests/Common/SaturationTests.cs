// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Xunit;

namespace Reseau.Native.Tests.Common;

/// <summary>Sums and products that do not fit are the largest number, and never a small one.</summary>
public class SaturationTests
{
    [Theory]
    [InlineData(0UL, 0UL, 0UL)]
    [InlineData(5UL, 7UL, 12UL)]
    [InlineData(ulong.MaxValue, 0UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 1, 1UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 1UL, ulong.MaxValue)]
    [InlineData(1UL, ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue)]
    public void SumsOfTimesAndOfSizes(ulong a, ulong b, ulong sum)
    {
        Assert.Equal(sum, Clock.Later(a, b));
        Assert.Equal((nuint)sum, CheckedMath.AddSaturating((nuint)a, (nuint)b));
    }

    [Theory]
    [InlineData(0UL, ulong.MaxValue, 0UL)]
    [InlineData(1UL, ulong.MaxValue, ulong.MaxValue)]
    [InlineData(1UL << 60, 15UL, 15UL << 60)]
    [InlineData(1UL << 60, 16UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 16UL, ulong.MaxValue)]
    public void ProductsOfSizes(ulong a, ulong b, ulong product)
    {
        Assert.Equal((nuint)product, CheckedMath.MultiplySaturating((nuint)a, (nuint)b));
        Assert.Equal((nuint)product, CheckedMath.MultiplySaturating((nuint)b, (nuint)a));
    }
}
