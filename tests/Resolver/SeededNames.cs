// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Resolver;
using Reseau.Native.Tests.Sockets;
using Xunit;

namespace Reseau.Native.Tests.Resolver;

/// <summary>A look-up of a name, as the name service saw it.</summary>
internal sealed record LookUp(string Host, ulong Began, ulong Ended, int Error, string[] Addresses);

/// <summary>
/// A name service in the system's place, whose answers a seed decides: addresses that change, answers that are late,
/// empty, or do not come. It keeps what it was asked.
/// </summary>
internal sealed unsafe class SeededNames : IDisposable
{
    private const int MaxAddresses = 4;

    private struct Source
    {
        // First, so that a pointer to the one is a pointer to the other.
        internal NameSource Base;
        internal nint Self;
    }

    private readonly SeededDraws _draws;
    private readonly Func<ulong> _now;
    private readonly Dictionary<string, string[]> _addresses = [];
    private readonly int _failures;
    private readonly int _delayBits;
    private readonly Source* _source;
    private GCHandle _self;
    private int _made;

    internal SeededNames(SeededDraws draws, Func<ulong> now)
    {
        _draws = draws;
        _now = now;
        _failures = draws.OneOf(0, 0, 2, 8);
        _delayBits = draws.OneOf(0, 20, 36);
        _self = GCHandle.Alloc(this);
        _source = (Source*)NativeMemory.AllocZeroed((nuint)sizeof(Source));
        _source->Base.Find = &Find;
        _source->Self = GCHandle.ToIntPtr(_self);
    }

    internal NameSource* Native => &_source->Base;

    internal List<LookUp> LookUps { get; } = [];

    internal Action<LookUp> OnLookUp { get; set; } = _ => { };

    /// <summary>No answer is later than this.</summary>
    internal ulong MaxDelay => _delayBits == 0 ? 0 : 1UL << _delayBits;

    /// <summary>The name gets other addresses, some of which it may have had before.</summary>
    internal void Change(string host)
    {
        string[] old = _addresses.GetValueOrDefault(host, []);
        IEnumerable<string> kept = old.Where(_ => _draws.OneIn(2)).ToArray();
        IEnumerable<string> added = Enumerable.Range(0, _draws.UpTo(MaxAddresses)).Select(_ => NewAddress()).ToArray();
        _addresses[host] = [.. kept, .. added];
    }

    public void Dispose()
    {
        NativeMemory.Free(_source);
        _self.Free();
    }

    private string NewAddress() => _draws.OneIn(2) ? $"10.0.{_made >> 8}.{_made++ & 255}" : $"fd00::{++_made:x}";

    private LookUp Answer(string host)
    {
        ulong now = _now();
        ulong delay = _delayBits == 0 ? 0 : _draws.Size(_delayBits);
        int error = _failures == 0 || !_draws.OneIn(_failures)
            ? AWS_ERROR_SUCCESS
            : _draws.OneOf((int)AWS_IO_DNS_QUERY_AGAIN, (int)AWS_IO_DNS_INVALID_NAME);
        string[] addresses = error == AWS_ERROR_SUCCESS ? _addresses.GetValueOrDefault(host, []) : [];
        LookUp lookUp = new(host, now, now + delay, error, addresses);
        LookUps.Add(lookUp);
        OnLookUp(lookUp);
        return lookUp;
    }

    private static int Find(NameSource* source, byte* name, IpAddress* addresses, ulong* nanoseconds)
    {
        SeededNames self = (SeededNames)GCHandle.FromIntPtr(((Source*)source)->Self).Target!;
        LookUp lookUp = self.Answer(Marshal.PtrToStringUTF8((nint)name)!);
        *nanoseconds = lookUp.Ended - lookUp.Began;
        int count = int.Min(lookUp.Addresses.Length, NameSource.MaxAddresses);
        for (int i = 0; i < count; i++)
        {
            fixed (byte* text = Encoding.ASCII.GetBytes(lookUp.Addresses[i] + "\0"))
                Assert.True(IpAddress.TryParse(text, &addresses[i]));
        }

        return lookUp.Error == AWS_ERROR_SUCCESS ? count : -lookUp.Error;
    }
}
