// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Reseau.Native.Interop.Posix;
using Reseau.Native.Tests.Architecture;
using Xunit;
using Darwin = Reseau.Native.Interop.Darwin;

namespace Reseau.Native.Tests.Interop;

/// <summary>
/// What C# says of Darwin against the facts that its C compiler checks on a Mac: native-tests/abi/contract_darwin.c.
/// </summary>
public class DarwinLayoutTests
{
    [StructLayout(LayoutKind.Sequential)]
    private struct AfterByte<T>
    {
        internal byte First;
        internal T Second;
    }

    // Real memory, because taking a field's address may touch it; larger than any of the structs.
    private static readonly long s_somewhere = Marshal.AllocHGlobal(65536);

    private static readonly string s_contract =
        File.ReadAllText(Path.Combine(SourceTree.Root, "native-tests", "abi", "contract_darwin.c"));

    private static readonly Assembly s_library = typeof(Darwin.msghdr).Assembly;

    // Darwin's declarations, also where another system's have been chosen, and what all Unix systems share.
    private static readonly Dictionary<string, Type> s_types = s_library.GetTypes()
        .Where(type => type.IsValueType && !type.IsEnum && !type.Name.Contains('<'))
        .Where(type => type.Namespace is "Reseau.Native.Abi.Darwin" or "Reseau.Native.Interop.Darwin"
            || type.DeclaringType == typeof(Libc) || type.Name == "tm")
        .ToDictionary(type => type == typeof(Darwin.FileStatus.stat_t) ? "stat" : type.Name);

    // Those that no header of Darwin's has.
    private static readonly HashSet<string> s_ours =
        [
            "ENONET", "RTLD_DEEPBIND", "CLOCK_BOOTTIME", "MSG_NOSIGNAL", "TCP_KEEPIDLE", "TCP_USER_TIMEOUT",
            "TCP_FASTOPEN_CONNECT", "RTLD_DEFAULT", "MaxrssPerKilobyte",
        ];

    [Fact]
    public void SizesAreThoseOfC()
    {
        List<string> wrong = [];
        int seen = 0;
        foreach (Match fact in Regex.Matches(s_contract, @"^SIZE\((?:struct )?(\w+), (\d+)\);", RegexOptions.Multiline))
        {
            string name = fact.Groups[1].Value;
            int size = name == "pthread_t" ? sizeof(ulong) : SizeOf(s_types[name]);
            seen++;
            if (size != int.Parse(fact.Groups[2].Value))
                wrong.Add($"{name}: {size}, in C {fact.Groups[2].Value}");
        }

        Assert.Empty(wrong);
        Assert.Equal(24, seen);
    }

    [Fact]
    public void AlignmentsAreThoseOfC()
    {
        List<string> wrong = [];
        int seen = 0;
        foreach (Match fact in Regex.Matches(s_contract, @"^ALIGNED\((?:struct )?(\w+), (\d+)\);", RegexOptions.Multiline))
        {
            string name = fact.Groups[1].Value;
            Type type = name == "pthread_t" ? typeof(ulong) : s_types[name];
            int alignment = SizeOf(typeof(AfterByte<>).MakeGenericType(type)) - SizeOf(type);
            seen++;
            if (alignment != int.Parse(fact.Groups[2].Value))
                wrong.Add($"{name}: {alignment}, in C {fact.Groups[2].Value}");
        }

        Assert.Empty(wrong);
        Assert.Equal(23, seen);
    }

    [Fact]
    public void FieldsLieWhereCPutsThem()
    {
        List<string> wrong = [];
        int seen = 0;
        foreach (Match fact in Regex.Matches(
            s_contract, @"^FIELD\((?:struct )?(\w+), (\w+), (\d+), (\d+)\);", RegexOptions.Multiline))
        {
            Type type = s_types[fact.Groups[1].Value];
            FieldInfo? field = type.GetField(
                fact.Groups[2].Value, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
            Assert.True(field != null, $"{type.Name}.{fact.Groups[2].Value} is missing");
            seen++;
            if (OffsetOf(field) != int.Parse(fact.Groups[3].Value))
                wrong.Add($"{type.Name}.{field.Name}: at {OffsetOf(field)}, in C at {fact.Groups[3].Value}");
            int size = field.FieldType.IsPointer ? IntPtr.Size : SizeOf(field.FieldType);
            if (size != int.Parse(fact.Groups[4].Value))
                wrong.Add($"{type.Name}.{field.Name}: {size} bytes, in C {fact.Groups[4].Value}");
        }

        Assert.Empty(wrong);
        Assert.True(seen >= 87, $"only {seen} fields were compared");
    }

    [Fact]
    public void EveryLayoutIsInTheContract()
    {
        IEnumerable<string> missing = s_types
            .Where(type => type.Value.Namespace!.EndsWith(".Darwin", StringComparison.Ordinal))
            .SelectMany(type => type.Value.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => field.Name is not "_aligned" and not "_bits") // what offsetof() cannot be asked for
                .Where(field => !Regex.IsMatch(s_contract, @$"^FIELD\((struct )?{type.Key}, {field.Name}, ", RegexOptions.Multiline))
                .Select(field => $"{type.Key}.{field.Name}"));
        Assert.Empty(missing);
    }

    [Fact]
    public void NumbersAreThoseOfC()
    {
        Type[] places =
        [
            typeof(Darwin.DarwinValues), typeof(Darwin.DarwinCalls), typeof(Darwin.DarwinSockets),
            typeof(Darwin.DarwinPipes), typeof(Darwin.DirectIo), typeof(Libc),
        ];
        List<string> wrong = [];
        int seen = 0;
        foreach (Match fact in Regex.Matches(s_contract, @"^VALUE\((\w+), (-?\w+)\);", RegexOptions.Multiline))
        {
            string name = fact.Groups[1].Value;
            long expected = ParseNumber(fact.Groups[2].Value);
            long? present = name switch
            {
                "_PTHREAD_ONCE_SIG_init" => Reseau.Native.Abi.Darwin.pthread_once_t.Initial.__sig,
                "TCP_KEEPALIVE" => Darwin.DarwinValues.TCP_KEEPIDLE,
                _ => places.Select(place => ConstantOf(place, name)).FirstOrDefault(value => value != null),
            };
            seen++;
            if (present != expected)
                wrong.Add($"{name}: {present?.ToString() ?? "missing"}, in C {expected}");
        }

        Assert.Empty(wrong);
        Assert.True(seen >= 100, $"only {seen} numbers were compared");
    }

    [Fact]
    public void EveryNumberIsInTheContract()
    {
        IEnumerable<string> missing = ConstantNames(typeof(Darwin.DarwinValues))
            .Where(name => !s_ours.Contains(name) && !s_contract.Contains($"\nVALUE({name}, "));
        Assert.Empty(missing);
    }

    [Fact]
    public void BothSystemsHaveTheSameNumbers() => Assert.Equal(
        ConstantNames(s_library.GetType("Reseau.Native.Interop.Linux.LinuxValues")!),
        ConstantNames(typeof(Darwin.DarwinValues)));

    private static IEnumerable<string> ConstantNames(Type values) =>
        values.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => field.Name).Order();

    private static long ParseNumber(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToInt64(text[2..], 16) : long.Parse(text);

    // Constants of type nint are fields that are set when the program starts.
    private static long? ConstantOf(Type place, string name)
    {
        FieldInfo? field = place.GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        return field == null ? null : Convert.ToInt64(
            field.GetValue(null) switch { nint signed => (long)signed, nuint unsigned => (long)unsigned, { } other => other, null => 0 });
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static long OffsetOf(FieldInfo field)
    {
        DynamicMethod method = new("offset", typeof(long), [], typeof(DarwinLayoutTests).Module, true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldc_I8, s_somewhere);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<long>>()() - s_somewhere;
    }
}
