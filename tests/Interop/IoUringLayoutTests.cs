// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Tests.Architecture;
using Xunit;

namespace Reseau.Native.Tests.Interop;

/// <summary>
/// What C# says of io_uring against the facts that the C compiler checks: native-tests/abi/contract_io_uring.c.
/// </summary>
public class IoUringLayoutTests
{
    private const BindingFlags Any =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly string s_contract =
        File.ReadAllText(Path.Combine(SourceTree.Root, "native-tests", "abi", "contract_io_uring.c"));

    [Fact]
    public void StructsHaveTheSizesOfC()
    {
        List<string> seen = [];
        foreach (Match fact in Facts(@"SIZE\(struct (\w+), (\d+)\);"))
        {
            Assert.Equal((fact.Groups[1].Value, Number(fact, 2)),
                (fact.Groups[1].Value, (ulong)Marshal.SizeOf(TypeOf(fact.Groups[1].Value))));
            seen.Add(fact.Groups[1].Value);
        }

        // What stands in no fact would not be checked.
        Assert.Equal(
            typeof(IoUring).GetNestedTypes(Any).Select(type => type.Name).Where(name => name != "kernel_timespec").Order(),
            seen.Order());
    }

    [Fact]
    public void FieldsAreWhereTheyAreInC()
    {
        int seen = 0;
        foreach (Match fact in Facts(@"FIELD\(struct (\w+), (\w+), (\d+), (\d+)\);"))
        {
            string name = $"{fact.Groups[1].Value}.{fact.Groups[2].Value}";
            Type type = TypeOf(fact.Groups[1].Value);
            FieldInfo? field = type.GetField(fact.Groups[2].Value, Any);
            Assert.True(field != null, name);
            Assert.Equal((name, Number(fact, 3)), (name, (ulong)Marshal.OffsetOf(type, field!.Name)));
            Assert.Equal((name, Number(fact, 4)), (name, (ulong)Marshal.SizeOf(field.FieldType)));
            seen++;
        }

        Assert.True(seen > 40);
    }

    [Fact]
    public void NumbersAreThoseOfC()
    {
        List<string> seen = [];
        foreach (Match fact in Facts(@"VALUE\((\w+), (\w+)\);"))
        {
            string name = fact.Groups[1].Value;
            FieldInfo? constant = typeof(IoUring).GetField(name, Any);
            Assert.True(constant != null, name);
            Assert.Equal((name, Number(fact, 2)),
                (name, Convert.ToUInt64(constant!.GetRawConstantValue(), CultureInfo.InvariantCulture)));
            seen.Add(name);
        }

        Assert.Equal(
            typeof(IoUring).GetFields(Any).Where(field => field.IsLiteral && Regex.IsMatch(field.Name, "^(IO|E[A-Z]+$|MAP_[SPA])"))
                .Select(field => field.Name).Where(name => name != "MAP_FAILED").Order(),
            seen.Order());
    }

    private static MatchCollection Facts(string pattern) => Regex.Matches(s_contract, "^" + pattern, RegexOptions.Multiline);

    private static Type TypeOf(string name) => typeof(IoUring).GetNestedType(name, Any) ?? throw new ArgumentException(name);

    private static ulong Number(Match fact, int group)
    {
        string text = fact.Groups[group].Value;
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : ulong.Parse(text, CultureInfo.InvariantCulture);
    }
}
