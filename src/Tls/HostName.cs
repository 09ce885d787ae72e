// SPDX-License-Identifier: Apache-2.0
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Reseau.Native.Resolver;
using Ascii = System.Text.Ascii;

namespace Reseau.Native.Tls;

/// <summary>
/// The host that a client means, a DNS name or an address, checked and in one spelling: whatever uses the name uses
/// this one. A name is in lower case and has no dot at its end; an address is as inet_ntop writes it, without a scope.
/// What counts as a name, and which certificates are for it, is RFC 9525 and docs/adr/0018-host-names.md.
/// </summary>
internal unsafe struct HostName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private TextBytes _text;
    private int _textLength;
    private AddressBytes _address;
    private int _addressLength;

    internal readonly bool IsAddress => _addressLength > 0;

    [UnscopedRef]
    internal readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)_text)[.._textLength];

    /// <summary>False for what is no name of a host. Any thread.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> given, out HostName host)
    {
        host = default;
        return host.TryTakeAddress(given) || host.TryTakeName(given);
    }

    /// <summary>Whether a dNSName of a certificate is for this host.</summary>
    internal readonly bool IsNamedBy(ReadOnlySpan<byte> dnsName)
    {
        ReadOnlySpan<byte> own = IsAddress ? default : Text;
        if (dnsName.StartsWith("*."u8))
        {
            // The star is for one label, and two labels at least are behind it: nobody answers for a whole "*.com".
            dnsName = dnsName[1..];
            int dot = own.IndexOf((byte)'.');
            own = dot < 0 || !dnsName[1..].Contains((byte)'.') ? default : own[dot..];
        }

        return !own.IsEmpty && Ascii.EqualsIgnoreCase(own, dnsName);
    }

    /// <summary>Whether an iPAddress of a certificate, in network order, is this host's.</summary>
    internal readonly bool IsAt(ReadOnlySpan<byte> address) =>
        IsAddress && address.SequenceEqual(((ReadOnlySpan<byte>)_address)[.._addressLength]);

    private bool TryTakeAddress(ReadOnlySpan<byte> given)
    {
        bool isIpv6 = given.Contains((byte)':');
        if (isIpv6 && !TryDropScope(ref given))
            return false;
        if (given.Length >= IpAddress.MaxTextSize || given.Contains((byte)0))
            return false;

        byte* text = stackalloc byte[IpAddress.MaxTextSize];
        given.CopyTo(new Span<byte>(text, IpAddress.MaxTextSize));
        text[given.Length] = 0;
        IpAddress address;
        if (!IpAddress.TryParse(isIpv6 ? IpFamily.IPv6 : IpFamily.IPv4, text, &address))
            return false;

        _textLength = IpAddress.Format(&address, text);
        new ReadOnlySpan<byte>(text, _textLength).CopyTo(_text);
        _addressLength = isIpv6 ? 16 : 4;
        new ReadOnlySpan<byte>(IpAddress.BytesOf(&address), _addressLength).CopyTo(_address);
        return true;
    }

    // It says by which interface this machine reaches the host, and means nothing to the host.
    private static bool TryDropScope(ref ReadOnlySpan<byte> address)
    {
        int percent = address.IndexOf((byte)'%');
        if (percent < 0)
            return true;

        ReadOnlySpan<byte> scope = address[(percent + 1)..];
        address = address[..percent];
        return !scope.IsEmpty && !scope.ContainsAnyExceptInRange((byte)'!', (byte)'~');
    }

    private bool TryTakeName(ReadOnlySpan<byte> given)
    {
        if (given.EndsWith("."u8))
            given = given[..^1];
        if (given.Length > LongestName || !AreLabels(given))
            return false;

        Ascii.ToLower(given, _text, out _textLength);
        return true;
    }

    private static bool AreLabels(ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> label = default;
        foreach (Range range in name.Split((byte)'.'))
        {
            label = name[range];
            if (label.Length is 0 or > LongestLabel || !IsOfLabel(label))
                return false;
        }

        return !IsNumber(label);
    }

    private static bool IsOfLabel(ReadOnlySpan<byte> label)
    {
        foreach (byte c in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'-' or (byte)'_'))
                return false;
        }

        return true;
    }

    // Resolvers take a name whose last label is a number for an address, or for a damaged one.
    private static bool IsNumber(ReadOnlySpan<byte> label)
    {
        if (!label.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return true;
        if (!label.StartsWith("0x"u8) && !label.StartsWith("0X"u8))
            return false;

        foreach (byte digit in label[2..])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }

        return true;
    }

    [InlineArray(LongestName)]
    private struct TextBytes
    {
        private byte _first;
    }

    [InlineArray(16)]
    private struct AddressBytes
    {
        private byte _first;
    }
}
