// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using Xunit;
using Xunit.Sdk;

namespace Reseau.Native.Tests.Windows;

/// <summary>
/// Runs facts and theories where there is no `dotnet test`: the program that is published for Windows, under Wine. The
/// arguments are parts of the names of tests, which begin with their classes'; without any, all tests run.
/// RESEAU_TEST_REPEAT=N runs each N times, RESEAU_TEST_VERBOSE=1 names each.
/// </summary>
internal static class Program
{
    private static int s_failures;
    private static int s_skipped;
    private static int s_total;

    private static int Main(string[] parts)
    {
        int rounds = int.Parse(Environment.GetEnvironmentVariable("RESEAU_TEST_REPEAT") ?? "1");
        for (int i = 0; i < rounds; i++)
        {
            foreach (MethodInfo method in Tests())
                RunAll(method, parts);
        }

        Console.WriteLine($"{s_total} tests, {s_failures} failed, {s_skipped} skipped");
        return s_failures == 0 && s_total > 0 ? 0 : 1;
    }

    private static IEnumerable<MethodInfo> Tests() =>
        from type in typeof(Program).Assembly.GetTypes()
        where type.IsPublic && !type.IsAbstract
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() != null
        orderby type.Name, method.MetadataToken
        select method;

    private static void RunAll(MethodInfo method, string[] parts)
    {
        bool isTheory = method.GetCustomAttribute<TheoryAttribute>() != null;
        IEnumerable<object[]> rows = isTheory
            ? method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)!)
            : [[]];
        foreach (object[] row in rows)
        {
            string name = $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", row)})";
            if (parts.Length > 0 && !parts.Any(part => name.Contains(part, StringComparison.Ordinal)))
                continue;
            if (method.GetCustomAttribute<FactAttribute>()!.Skip != null)
                s_skipped++;
            else
                Run(method, row, name);
        }
    }

    private static void Run(MethodInfo method, object[] row, string name)
    {
        bool isVerbose = Environment.GetEnvironmentVariable("RESEAU_TEST_VERBOSE") == "1";
        Stopwatch watch = Stopwatch.StartNew();
        if (isVerbose)
            Console.Write($"{name} ");
        s_total++;
        try
        {
            object instance = Activator.CreateInstance(method.DeclaringType!)!;
            method.Invoke(instance, row);
            (instance as IDisposable)?.Dispose();
        }
        catch (TargetInvocationException thrown)
        {
            s_failures++;
            Console.WriteLine($"FAILED {name}: {thrown.InnerException}");
        }

        if (isVerbose)
            Console.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }
}
