// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>The cache and the ends of its sessions, with numbers for sessions and a count of references to each.</summary>
public sealed unsafe class SessionCacheTests : IDisposable
{
    private static readonly Dictionary<nint, int> s_references = [];

    private readonly aws_allocator* _allocator =
        MemTracer.New(Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
    private readonly SessionCache* _cache;

    public SessionCacheTests()
    {
        s_references.Clear();
        _cache = SessionCache.New(_allocator, &Acquire, &Release);
    }

    public void Dispose()
    {
        SessionCache.Free(_cache);
        Assert.All(s_references.Values, count => Assert.Equal(0, count));
        Assert.Equal(0u, MemTracer.Bytes(_allocator));
        MemTracer.Destroy(_allocator);
    }

    [Fact]
    public void TheLatestSessionOfAHostIsFound()
    {
        Keep("a.example", 1, SessionValidity.Latest);
        Keep("a.example", 2, SessionValidity.Latest);
        Keep("b.example", 3, SessionValidity.Latest);
        Assert.Equal(2, Find("a.example"));
        Assert.Equal(3, Find("b.example"));
        Assert.Equal(0, Find("c.example"));
        Assert.Equal(0, s_references[1]);
    }

    [Fact]
    public void ASessionIsDroppedWhenItsEndHasCome()
    {
        Keep("a.example", 1, SessionValidity.Now);
        Assert.Equal(0, Find("a.example"));
        Assert.Equal(0, s_references[1]);
    }

    [Fact]
    public void AnEndTooFarAheadIsFromBeforeTheClockWasSetBack()
    {
        Keep("a.example", 1, SessionValidity.Latest + 100);
        Assert.Equal(0, Find("a.example"));
    }

    [Fact]
    public void TheHostUsedLongestAgoMakesRoom()
    {
        for (int i = 0; i < 256; i++)
            Keep($"{i}.example", i + 1, SessionValidity.Latest);
        Assert.Equal(1, Find("0.example"));
        Keep("256.example", 257, SessionValidity.Latest);
        Assert.Equal(1, Find("0.example"));
        Assert.Equal(0, Find("1.example"));
    }

    [Fact]
    public void AResumedSessionLastsNoLongerThanTheFirst()
    {
        SessionValidity validity = default;
        validity.Offer(1000);
        validity.Fix(isResumed: true, certificatesEnd: 5000);
        Assert.Equal(1000, validity.End);
    }

    [Theory]
    [InlineData(4000, 4000)]
    [InlineData(6000, 5000)]
    [InlineData(0, 0)]
    public void AStapledResponseMayEndBeforeTheCertificates(long stapleEnd, long expected)
    {
        SessionValidity validity = default;
        validity.LimitByStaple(stapleEnd);
        validity.Fix(isResumed: false, certificatesEnd: 5000);
        Assert.Equal(expected, validity.End);
    }

    private void Keep(string host, nint session, long end)
    {
        s_references[session] = 1;
        aws_string* name = NewString(host);
        Assert.True(SessionCache.Keep(_cache, name, (void*)session, end));
        AwsString.Destroy(name);
    }

    // Releases the reference that comes with it.
    private nint Find(string host)
    {
        aws_string* name = NewString(host);
        nint session = (nint)SessionCache.Find(_cache, name, out _);
        AwsString.Destroy(name);
        if (session != 0)
            s_references[session]--;
        return session;
    }

    private aws_string* NewString(string text)
    {
        fixed (byte* bytes = Encoding.ASCII.GetBytes(text))
            return AwsString.NewFromArray(_allocator, bytes, (nuint)text.Length);
    }

    private static void Acquire(void* session) => s_references[(nint)session]++;

    private static void Release(void* session) => s_references[(nint)session]--;
}
