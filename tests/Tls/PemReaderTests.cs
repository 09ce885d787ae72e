// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Reseau.Native.Common;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>What TLS reads out of a PEM text, compared with what pem.h reads, by texts that a seed makes.</summary>
public unsafe class PemReaderTests
{
    private const int Rounds = 3000;

    private static readonly string[] s_labels = ["CERTIFICATE", "PRIVATE KEY", "X509 CRL", "OF SOME OTHER KIND", ""];
    private static readonly string[] s_lineEnds = ["\n", "\r\n", "\r", " ", "\t", "\n\n", " \n ", "\r\n\r\n", "\f", "\v"];

    [Fact]
    public void WhatPemHReadsTlsReadsToo()
    {
        Random random = new(1);
        for (int round = 0; round < Rounds; round++)
        {
            List<(string, byte[])> objects = Objects(random);
            string text = Write(random, objects, ["\n", "\r\n", "\n\n", " \n\t"], withTextBetween: true);
            Assert.Equal(Shown(objects), Shown(Read(text, anyLayout: false)));
            Assert.Equal(Shown(objects), Shown(Read(text, anyLayout: true)));
        }
    }

    [Fact]
    public void TlsReadsTheSameObjectsInAnyLayout()
    {
        Random random = new(2);
        for (int round = 0; round < Rounds; round++)
        {
            List<(string, byte[])> objects = Objects(random);
            string[] lineEnds = [s_lineEnds[random.Next(s_lineEnds.Length)], s_lineEnds[random.Next(s_lineEnds.Length)]];
            Assert.Equal(Shown(objects), Shown(Read(Write(random, objects, lineEnds, withTextBetween: false), anyLayout: true)));
        }
    }

    /// <summary>Whatever is struck from a text, nobody reads behind its end, for ever, or an object that was not there.</summary>
    [Fact]
    public void DamagedTextsGiveObjectsThatWereThereOrNone()
    {
        Random random = new(3);
        for (int round = 0; round < Rounds; round++)
        {
            string text = Write(random, Objects(random), s_lineEnds, withTextBetween: true);
            int from = random.Next(text.Length + 1);
            string cut = text.Remove(from, random.Next(text.Length - from + 1));
            int begins = cut.Split("-----BEGIN").Length - 1;
            Assert.True(Read(cut, anyLayout: true).Count <= begins);
            Assert.True(Read(cut, anyLayout: false).Count <= begins);
        }
    }

    [Theory]
    [InlineData("-----BEGIN A-----\nAAAA\n-----BEGIN B-----\nBBBB\n-----END B-----\n", "B:041041")]
    [InlineData("-----BEGIN A-----\nAAAA\n-----END A----------BEGIN B-----\nBBBB\n-----END B-----", "A:000000 B:041041")]
    [InlineData("------BEGIN A------\nAAAA\n------END A------\n", "A:000000")]
    [InlineData("text -----BEGIN A-----AAAA-----END A-----text", "A:000000")]
    [InlineData("-----BEGIN A-----\nHeader: value\nOther: value\n\nAAAA\n-----END A-----", "A:000000")]
    [InlineData("-----BEGIN A-----\n\"AAAA\",\n#AAAA;\n-----END A-----", "A:000000000000")]
    [InlineData("-----BEGIN A-----\nAAAA\n-----END A", "A:000000")]
    [InlineData("-----BEGIN A-----\nAAA\n-----END A-----", "A:0000")]
    [InlineData("-----BEGIN A-----\nAAAAA\n-----END A-----", "")]
    [InlineData("-----BEGIN A-----\nAA=A\n-----END A-----", "")]
    [InlineData("-----BEGIN A-----\nAAAA\n-----\n-----END A-----", "")]
    [InlineData("-----BEGIN A\nAAAA\n-----END A-----", "")]
    [InlineData("-----END A-----\n-----BEGIN", "")]
    [InlineData("----------", "")]
    [InlineData("", "")]
    public void OfAnyLayout(string text, string expected) => Assert.Equal(expected, Shown(Read(text, anyLayout: true)));

    [Fact]
    public void AHeaderSaysThatAnObjectIsEncrypted()
    {
        byte[] text = Encoding.ASCII.GetBytes(
            "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: X,0\n\nAAAA\n-----END A-----\n" +
            "-----BEGIN B-----\nAAAA\n-----END B-----\n");
        fixed (byte* start = text)
        {
            PemReader reader = PemReader.OfAnyLayout(new aws_byte_cursor { ptr = start, len = (nuint)text.Length });
            Assert.True(reader.TryNext());
            Assert.True(reader.IsEncryptedByHeader);
            Assert.True(reader.TryNext());
            Assert.False(reader.IsEncryptedByHeader);
            Assert.False(reader.TryNext());
        }
    }

    private static List<(string Label, byte[] Data)> Read(string text, bool anyLayout)
    {
        List<(string, byte[])> objects = [];
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        fixed (byte* start = bytes)
        {
            aws_byte_cursor cursor = new() { ptr = start, len = (nuint)bytes.Length };
            PemReader reader = anyLayout ? PemReader.OfAnyLayout(cursor) : PemReader.OfLines(cursor);
            while (reader.TryNext())
            {
                aws_byte_buf data;
                if (!reader.TryDecode(DefaultAllocator.Instance, &data))
                    continue;
                string label = Encoding.Latin1.GetString(reader.Label.ptr, (int)reader.Label.len);
                objects.Add((label, new ReadOnlySpan<byte>(data.buffer, (int)data.len).ToArray()));
                ByteBuf.CleanUp(&data);
            }
        }

        return objects;
    }

    private static List<(string Label, byte[] Data)> Objects(Random random)
    {
        List<(string, byte[])> objects = [];
        int count = random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            byte[] data = new byte[random.Next(200)];
            random.NextBytes(data);
            objects.Add((s_labels[random.Next(s_labels.Length)], data));
        }

        return objects;
    }

    private static string Write(
        Random random, List<(string Label, byte[] Data)> objects, string[] lineEnds, bool withTextBetween)
    {
        StringBuilder text = new();
        string LineEnd() => lineEnds[random.Next(lineEnds.Length)];
        foreach ((string label, byte[] data) in objects)
        {
            if (withTextBetween && random.Next(2) == 0)
                text.Append("some text: with -- dashes -").Append(LineEnd());
            text.Append("-----BEGIN ").Append(label).Append("-----").Append(LineEnd());
            string digits = Convert.ToBase64String(data);
            int width = random.Next(1, 80);
            for (int i = 0; i < digits.Length; i += width)
                text.Append(digits.AsSpan(i, Math.Min(width, digits.Length - i))).Append(LineEnd());
            text.Append("-----END ").Append(label).Append("-----").Append(LineEnd());
        }

        return text.ToString();
    }

    private static string Shown(List<(string Label, byte[] Data)> objects) =>
        string.Join(' ', objects.Select(item => $"{item.Label}:{Convert.ToHexString(item.Data)}"));
}
