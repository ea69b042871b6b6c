using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pipeline.CodeFingerprint;

/// <summary>
/// The texts of a file's tokens as they count for a hash: equal where files differ only in what a formatter may change. Usings
/// that follow one another and the modifiers of a declaration are in ordinal order, a comma before a closing brace or bracket is
/// left out, and a raw string of several lines counts by its value, however far it is indented.
/// </summary>
internal static class CountedTokens
{
    /// <summary>The texts in order, none of them empty; a using is one text.</summary>
    public static IReadOnlyList<string> Of(SyntaxNode file)
    {
        var texts = new List<string>();
        var start = 0;
        SyntaxNode? group = null; // whose usings or modifiers stand in texts from start on
        var previous = SyntaxKind.None;
        foreach (var part in file.DescendantNodesAndTokens(node => node is not UsingDirectiveSyntax))
        {
            var directive = part.AsNode() as UsingDirectiveSyntax;
            if (part.IsNode && directive is null)
                continue;
            var parent = directive is not null || IsModifier(part.AsToken()) ? part.Parent : null;
            if (parent != group)
            {
                SortGroup();
                (group, start) = (parent, texts.Count);
            }
            // Between the comma and the bracket of int[,] there is an empty token.
            if (
                previous == SyntaxKind.CommaToken
                && part.Kind() is SyntaxKind.CloseBraceToken or SyntaxKind.CloseBracketToken
            )
                texts.RemoveAt(texts.Count - 1);
            var text = directive is null ? Text(part.AsToken()) : Text(directive);
            if (text.Length > 0)
                texts.Add(text);
            previous = part.Kind();
        }
        SortGroup();
        return texts;

        void SortGroup()
        {
            if (group is not null)
                texts.Sort(start, texts.Count - start, StringComparer.Ordinal);
        }
    }

    private static string Text(UsingDirectiveSyntax directive) =>
        string.Join(" ", directive.DescendantTokens().Select(token => token.Text));

    private static bool IsModifier(SyntaxToken token) =>
        token.Parent switch
        {
            MemberDeclarationSyntax member => member.Modifiers.IndexOf(token) >= 0,
            AccessorDeclarationSyntax accessor => accessor.Modifiers.IndexOf(token) >= 0,
            LocalFunctionStatementSyntax function => function.Modifiers.IndexOf(token) >= 0,
            AnonymousFunctionExpressionSyntax function => function.Modifiers.IndexOf(token) >= 0,
            _ => false,
        };

    private static string Text(SyntaxToken token) =>
        token.Kind() switch
        {
            SyntaxKind.MultiLineRawStringLiteralToken => $"\"\"\"\n{token.ValueText}\n\"\"\"",
            SyntaxKind.Utf8MultiLineRawStringLiteralToken => $"\"\"\"\n{token.ValueText}\n\"\"\"u8",
            SyntaxKind.InterpolatedStringTextToken when IsInRawString(token) => token.ValueText,
            SyntaxKind.InterpolatedRawStringEndToken => token.Text.Trim(),
            _ => token.Text,
        };

    private static bool IsInRawString(SyntaxToken text) =>
        text.Parent?.Parent is InterpolatedStringExpressionSyntax expression
        && expression.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken);
}
