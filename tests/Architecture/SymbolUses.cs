// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reseau.Native.Tests.Architecture;

/// <summary>A place in a source that uses something that a folder declares.</summary>
internal sealed record Use(string File, int Line, string What, string Folder);

/// <summary>
/// What each source uses, as the compiler binds it: however it is named (in full, by an alias, by `using static`, from
/// within a namespace), and also where it is not named at all, as the type of a `var` or of a returned value.
/// </summary>
internal static class SymbolUses
{
    private const string RootNamespace = "Reseau.Native.";

    internal static IReadOnlyList<Use> Of(SourceModel sources) =>
        [.. sources.Compilation.SyntaxTrees.AsParallel().AsOrdered().SelectMany(tree => InFile(sources.Compilation.GetSemanticModel(tree)))];

    private static IEnumerable<Use> InFile(SemanticModel model)
    {
        SyntaxTree tree = model.SyntaxTree;
        string own = SourceModel.FolderOf(tree.FilePath);
        HashSet<(int, string)> seen = [];
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            foreach (ISymbol symbol in SymbolsAt(node, model).SelectMany(WithArguments))
            {
                foreach (string folder in FoldersOf(symbol).Where(folder => folder != own))
                {
                    int line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                    if (seen.Add((line, folder)))
                        yield return new Use(tree.FilePath, line, symbol.ToDisplayString(), folder);
                }
            }
        }
    }

    private static IEnumerable<ISymbol> SymbolsAt(SyntaxNode node, SemanticModel model)
    {
        IEnumerable<ISymbol?> symbols = node switch
        {
            UsingDirectiveSyntax directive => [model.GetSymbolInfo(directive.NamespaceOrType).Symbol],
            ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => [model.GetSymbolInfo(node).Symbol],
            ForEachStatementSyntax loop => [model.GetForEachStatementInfo(loop).GetEnumeratorMethod],
            // Of a name with dots the parts are visited as well: a namespace in it is a use only in a using directive.
            ExpressionSyntax expression => InExpression(expression, model),
            _ => [],
        };
        return symbols.Where(symbol => symbol is not (null or INamespaceSymbol) || node is UsingDirectiveSyntax)!;
    }

    private static IEnumerable<ISymbol?> InExpression(ExpressionSyntax expression, SemanticModel model)
    {
        TypeInfo types = model.GetTypeInfo(expression);
        return [model.GetSymbolInfo(expression).Symbol, types.Type, types.ConvertedType, model.GetConversion(expression).MethodSymbol];
    }

    /// <summary>A symbol and the types that it is made of: arguments of generics, elements, pointed-at types.</summary>
    private static IEnumerable<ISymbol> WithArguments(ISymbol symbol) => symbol switch
    {
        IArrayTypeSymbol array => WithArguments(array.ElementType),
        IPointerTypeSymbol pointer => WithArguments(pointer.PointedAtType),
        IFunctionPointerTypeSymbol function =>
            function.Signature.Parameters.Select(parameter => parameter.Type).Append(function.Signature.ReturnType).SelectMany(WithArguments),
        INamedTypeSymbol { IsGenericType: true } type => type.TypeArguments.SelectMany(WithArguments).Prepend(type),
        IMethodSymbol { IsGenericMethod: true } method => method.TypeArguments.SelectMany(WithArguments).Prepend(method),
        _ => [symbol],
    };

    private static IEnumerable<string> FoldersOf(ISymbol symbol)
    {
        switch (symbol)
        {
            case INamespaceSymbol @namespace:
                string name = @namespace.ToDisplayString();
                return name.StartsWith(RootNamespace, StringComparison.Ordinal) ? ["src/" + name[RootNamespace.Length..].Replace('.', '/')] : [];
            case ILocalSymbol or IParameterSymbol or ITypeParameterSymbol or IRangeVariableSymbol or ILabelSymbol:
                return [];
            default:
                ISymbol declared = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol.OriginalDefinition;
                while (declared.IsImplicitlyDeclared && declared.ContainingType != null)
                    declared = declared.ContainingType;
                return declared.DeclaringSyntaxReferences.Select(reference => SourceModel.FolderOf(reference.SyntaxTree.FilePath)).Distinct();
        }
    }
}
