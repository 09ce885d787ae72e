// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Reseau.Native.Tests.Architecture;

/// <summary>A place in a source that uses something that a folder declares.</summary>
internal sealed record Use(string File, int Line, ISymbol What, string Folder);

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
        // The first use of each symbol speaks for the others in the file.
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            foreach (ISymbol symbol in SymbolsAt(node, model).Where(seen.Add).SelectMany(WithArguments))
            {
                foreach (string folder in FoldersOf(symbol).Where(folder => folder != own))
                    yield return new Use(tree.FilePath, tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, symbol, folder);
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
            // Their parts are visited as well, and say the same.
            LiteralExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax or QualifiedNameSyntax
                or PointerTypeSyntax or FunctionPointerTypeSyntax or ArrayTypeSyntax or NullableTypeSyntax => [],
            PredefinedTypeSyntax => [], // the language's own
            ExpressionSyntax expression => InExpression(expression, model),
            _ => [],
        };
        // A namespace is a use only in a using directive; in a name with dots what follows it is.
        return symbols.Where(symbol => symbol is not (null or INamespaceSymbol) || node is UsingDirectiveSyntax)!;
    }

    private static IEnumerable<ISymbol?> InExpression(ExpressionSyntax expression, SemanticModel model)
    {
        TypeInfo types = model.GetTypeInfo(expression);
        yield return model.GetSymbolInfo(expression).Symbol;
        yield return types.Type;
        if (!SymbolEqualityComparer.Default.Equals(types.Type, types.ConvertedType))
        {
            yield return types.ConvertedType;
            yield return model.GetConversion(expression).MethodSymbol;
        }
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
