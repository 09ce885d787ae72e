// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Reseau.Native.Tests.Architecture;

/// <summary>C# sources, compiled together in memory: paths are relative to the root of the project.</summary>
internal sealed class SourceModel
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Latest, DocumentationMode.None,
        preprocessorSymbols: ["NET", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);

    private static readonly Lazy<MetadataReference[]> s_framework = new(LoadFramework);

    // Which references may be null does not change what a name means, and costs a third of the time.
    private static readonly CSharpCompilationOptions s_options = new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Disable);

    internal CSharpCompilation Compilation { get; }

    private SourceModel(IEnumerable<SyntaxTree> trees) => Compilation = CSharpCompilation.Create("libreseau", trees,
        s_framework.Value, s_options);

    /// <summary>As it is compiled for a system; <paramref name="symbols"/> are what the project defines for it.</summary>
    internal static SourceModel OfTheProject(params string[] symbols) => new(SourceTree.Files("src", ".cs")
        .Select(file => Parse(SourceTree.Relative(file), File.ReadAllText(file), symbols)));

    internal static SourceModel Of(params (string Path, string Text)[] sources) =>
        new(sources.Select(source => Parse(source.Path, source.Text)));

    internal IEnumerable<string> Folders => Compilation.SyntaxTrees.Select(tree => FolderOf(tree.FilePath)).Distinct();

    /// <summary>A use that the compiler cannot resolve would go unseen, so nothing may be wrong.</summary>
    internal IEnumerable<string> Errors => Compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());

    internal static string FolderOf(string path) => path[..path.LastIndexOf('/')];

    private static SyntaxTree Parse(string path, string text, params string[] symbols) => CSharpSyntaxTree.ParseText(
        text, s_parseOptions.WithPreprocessorSymbols(s_parseOptions.PreprocessorSymbolNames.Concat(symbols)), path);

    private static MetadataReference[] LoadFramework() =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file))];

    private static bool IsManaged(string file)
    {
        string name = Path.GetFileName(file);
        return name.StartsWith("System.", StringComparison.Ordinal) && !name.EndsWith("Native.dll", StringComparison.Ordinal);
    }
}
