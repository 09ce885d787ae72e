// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Reseau.Native.Abi;
using Reseau.Native.Tests.Architecture;
using Xunit;

namespace Reseau.Native.Tests.Abi;

/// <summary>
/// The C# structs against the same facts that the C compiler checks the headers against: the assertions of
/// native-tests/abi/contract_*.c.
/// </summary>
public class LayoutTests
{
    private static readonly Dictionary<string, Type> s_types = typeof(aws_task).Assembly.GetTypes()
        .Where(type => type.Namespace == "Reseau.Native.Abi" && type.IsValueType && !type.IsNested)
        .ToDictionary(type => type.Name);

    // Real memory, because taking a field's address may touch it; larger than any struct of the contract.
    private static readonly long s_somewhere = System.Runtime.InteropServices.Marshal.AllocHGlobal(65536);

    private static string Contract(string group) =>
        File.ReadAllText(Path.Combine(SourceTree.Root, "native-tests", "abi", $"contract_{group}.c"));

    [Theory]
    [InlineData("common", 40)]
    [InlineData("families", 3)]
    [InlineData("io", 40)]
    [InlineData("private", 5)]
    [InlineData("reseau", 4)]
    [InlineData("usocket", 4)]
    public void SizesAreThoseOfC(string group, int fewest)
    {
        List<string> wrong = [];
        int seen = 0;
        foreach (Match fact in Regex.Matches(Contract(group), @"sizeof\((?:struct|union|enum) (\w+)\) == (\d+)"))
        {
            if (!s_types.TryGetValue(fact.Groups[1].Value, out Type? type))
                continue;
            seen++;
            if (SizeOf(type) != int.Parse(fact.Groups[2].Value))
                wrong.Add($"{type.Name}: {SizeOf(type)}, in C {fact.Groups[2].Value}");
        }

        Assert.Empty(wrong);
        Assert.True(seen >= fewest, $"only {seen} types were compared");
    }

    [Theory]
    [InlineData("common", 100)]
    [InlineData("families", 6)]
    [InlineData("io", 200)]
    [InlineData("private", 40)]
    [InlineData("reseau", 24)]
    [InlineData("usocket", 29)]
    public void FieldsLieWhereCPutsThem(string group, int fewest)
    {
        List<string> wrong = [];
        int seen = 0;
        foreach (Match fact in Regex.Matches(Contract(group), @"offsetof\((?:struct|union) (\w+), (\w+)\) == (\d+)"))
        {
            if (!s_types.TryGetValue(fact.Groups[1].Value, out Type? type))
                continue;
            FieldInfo? field = type.GetField(fact.Groups[2].Value);
            if (field == null)
            {
                wrong.Add($"{type.Name}.{fact.Groups[2].Value} is missing");
                continue;
            }

            seen++;
            if (OffsetOf(field) != int.Parse(fact.Groups[3].Value))
                wrong.Add($"{type.Name}.{field.Name}: at {OffsetOf(field)}, in C at {fact.Groups[3].Value}");
        }

        Assert.Empty(wrong);
        Assert.True(seen >= fewest, $"only {seen} fields were compared");
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static long OffsetOf(FieldInfo field)
    {
        DynamicMethod method = new("offset", typeof(long), [], typeof(LayoutTests).Module, true);
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
