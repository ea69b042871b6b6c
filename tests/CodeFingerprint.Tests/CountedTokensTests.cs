using Microsoft.CodeAnalysis.CSharp;

namespace Pipeline.CodeFingerprint.Tests;

/// <summary>What a formatter may change doesn't count; what looks much like it does.</summary>
public sealed class CountedTokensTests
{
    [Theory]
    [InlineData("enum E { A, B }", "enum E { A, B, }")]
    [InlineData("class A { int[] X = { 1, 2 }; }", "class A { int[] X = { 1, 2, }; }")]
    [InlineData("class A { int[] X = new[] { 1, 2 }; }", "class A { int[] X = new[] { 1, 2, }; }")]
    [InlineData("class A { int[] X = [1, 2]; }", "class A { int[] X = [1, 2,]; }")]
    [InlineData("class A { int[,] X = new int[1, 1] { { 1 } }; }", "class A { int[,] X = new int[1, 1] { { 1, }, }; }")]
    [InlineData("class A { object X = new B { C = 1, D = 2 }; }", "class A { object X = new B { C = 1, D = 2, }; }")]
    [InlineData("class A { object X = new { C = 1 }; }", "class A { object X = new { C = 1, }; }")]
    [InlineData("class A { B X(B b) => b with { C = 1 }; }", "class A { B X(B b) => b with { C = 1, }; }")]
    [InlineData(
        "class A { int X(int y) => y switch { 1 => 2, _ => 3 }; }",
        "class A { int X(int y) => y switch { 1 => 2, _ => 3, }; }"
    )]
    [InlineData("class A { bool X(int[] y) => y is [1, ..]; }", "class A { bool X(int[] y) => y is [1, ..,]; }")]
    [InlineData("class A { bool X(B b) => b is { C: 1 }; }", "class A { bool X(B b) => b is { C: 1, }; }")]
    [InlineData("[A, B] class C { }", "[A, B,] class C { }")]
    public void A_comma_behind_the_last_element_does_not_count(string without, string with) =>
        Assert.Equal(Tokens(without), Tokens(with));

    [Theory]
    [InlineData("class A { int[] X; }", "class A { int[,] X; }")]
    [InlineData("class A { int[,] X; }", "class A { int[,,] X; }")]
    [InlineData("class A { object X = typeof(D<>); }", "class A { object X = typeof(D<,>); }")]
    [InlineData("class A { int[] X = [1, 2]; }", "class A { int[] X = [12]; }")]
    [InlineData("class A { string X = $\"{1,2}\"; }", "class A { string X = $\"{12}\"; }")]
    [InlineData("class A { string X = \"1,]\"; }", "class A { string X = \"1]\"; }")]
    [InlineData("class A { string X(int y) => $\"{y},}}\"; }", "class A { string X(int y) => $\"{y}}}\"; }")]
    [InlineData("class A { void X(int y, int z) { } }", "class A { void X(int z, int y) { } }")]
    [InlineData("enum E { A, B }", "enum E { B, A }")]
    [InlineData("[A, B] class C { }", "[A] [B] class C { }")]
    public void A_comma_that_separates_counts_and_so_does_the_order_of_what_it_separates(string one, string other) =>
        Assert.NotEqual(Tokens(one), Tokens(other));

    [Theory]
    [InlineData("using A; using B.C; class D { }", "using B.C; using A; class D { }")]
    [InlineData("global using A; global using B;", "global using B; global using A;")]
    [InlineData("using A; using static B; using C = D;", "using C = D; using static B; using A;")]
    [InlineData("namespace N; using A; using B; class C { }", "namespace N; using B; using A; class C { }")]
    [InlineData("namespace N { using A; using B; class C { } }", "namespace N { using B; using A; class C { } }")]
    public void The_order_of_usings_does_not_count(string one, string other) =>
        Assert.Equal(Tokens(one), Tokens(other));

    [Theory]
    [InlineData("using A; class C { }", "using B; class C { }")]
    [InlineData("using A; class C { }", "using A; using B; class C { }")]
    [InlineData("using A; class C { }", "using static A; class C { }")]
    [InlineData("using A; class C { }", "global using A; class C { }")]
    [InlineData("using A; class C { }", "using A.A; class C { }")]
    [InlineData("using A = D; class C { }", "using D; class C { }")]
    [InlineData("using A = D; using B = E; class C { }", "using A = E; using B = D; class C { }")]
    [InlineData("using A; namespace N { using B; }", "using B; namespace N { using A; }")]
    [InlineData("using A; namespace N; class C { }", "namespace N; using A; class C { }")]
    [InlineData(
        "namespace N { using A; } namespace M { using B; }",
        "namespace N { using B; } namespace M { using A; }"
    )]
    [InlineData(
        "class A { void X() { using var b = B(); using var c = C(); } }",
        "class A { void X() { using var c = C(); using var b = B(); } }"
    )]
    public void Another_using_counts(string one, string other) => Assert.NotEqual(Tokens(one), Tokens(other));

    [Theory]
    [InlineData("public sealed class A { }", "sealed public class A { }")]
    [InlineData("class A { private static readonly int X; }", "class A { readonly static private int X; }")]
    [InlineData(
        "class A { [B] public override async Task X() { } }",
        "class A { [B] async override public Task X() { } }"
    )]
    [InlineData(
        "struct A { int X { readonly private get; set; } }",
        "struct A { int X { private readonly get; set; } }"
    )]
    [InlineData(
        "class A { void X() { static async Task Y() { } } }",
        "class A { void X() { async static Task Y() { } } }"
    )]
    [InlineData("class A { object X = static async () => { }; }", "class A { object X = async static () => { }; }")]
    public void The_order_of_modifiers_does_not_count(string one, string other) =>
        Assert.Equal(Tokens(one), Tokens(other));

    [Theory]
    [InlineData("public sealed class A { }", "public class A { }")]
    [InlineData("public sealed class A { }", "public abstract class A { }")]
    [InlineData("class A { public int X; private int Y; }", "class A { private int X; public int Y; }")]
    [InlineData("public class A { static int X; }", "static class A { public int X; }")]
    [InlineData("class A { int X { private get; set; } }", "class A { int X { get; private set; } }")]
    [InlineData("class A { ref readonly int X() => throw null; }", "class A { readonly ref int X() => throw null; }")]
    public void Other_modifiers_count(string one, string other) => Assert.NotEqual(Tokens(one), Tokens(other));

    [Theory]
    [InlineData("\"\"\"\n  a\n    b\n  \"\"\"", "\"\"\"\n    a\n      b\n    \"\"\"")]
    [InlineData("\"\"\"\n  a\n\n  b\n  \"\"\"", "\"\"\"\n    a\n    \n    b\n    \"\"\"")]
    [InlineData("\"\"\"\n  a\n  \"\"\"u8", "\"\"\"\na\n\"\"\"u8")]
    [InlineData("$\"\"\"\n  a {1} b\n    {2}\n  \"\"\"", "$\"\"\"\n    a {1} b\n      {2}\n    \"\"\"")]
    [InlineData("$\"\"\"\n  {1}\n  \"\"\"", "$\"\"\"\n{1}\n\"\"\"")]
    [InlineData("$$\"\"\"\n  {a} {{1}}\n  \"\"\"", "$$\"\"\"\n    {a} {{1}}\n    \"\"\"")]
    public void The_indentation_of_a_raw_string_does_not_count(string one, string other) =>
        Assert.Equal(Tokens(Text(one)), Tokens(Text(other)));

    [Theory]
    [InlineData("\"\"\"\n  a\n    b\n  \"\"\"", "\"\"\"\n    a\n    b\n    \"\"\"")]
    [InlineData("\"\"\"\n  a\n  \"\"\"", "\"\"\"\n  a\n\"\"\"")]
    [InlineData("\"\"\"\n  a\n  \"\"\"", "\"\"\"\n  a\n\n  \"\"\"")]
    [InlineData("\"\"\"\n  a\n  \"\"\"", "\"\"\"\n  a\n  \"\"\"u8")]
    [InlineData("\"\"\"\n  a\n  \"\"\"", "$\"\"\"\n  a\n  \"\"\"")]
    [InlineData("$\"\"\"\n  a\n  {1}\n  \"\"\"", "$\"\"\"\n  a\n    {1}\n  \"\"\"")]
    [InlineData("$\"\"\"\n  a {1}\n  \"\"\"", "$\"\"\"\n  a {1} \n  \"\"\"")]
    [InlineData("$$\"\"\"\n  {1}\n  \"\"\"", "$$\"\"\"\n  {{1}}\n  \"\"\"")]
    [InlineData("$\"  {1}\"", "$\"{1}\"")]
    [InlineData("$\"{{1}}\"", "$\"{1}\"")]
    public void Another_value_of_a_string_counts(string one, string other) =>
        Assert.NotEqual(Tokens(Text(one)), Tokens(Text(other)));

    private static string Text(string literal) => $"class A {{ object X = {literal}; }}";

    private static IReadOnlyList<string> Tokens(string code) =>
        CountedTokens.Of(CSharpSyntaxTree.ParseText(code).GetRoot());
}
