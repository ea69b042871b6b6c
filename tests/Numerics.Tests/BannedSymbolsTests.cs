using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace Pipeline.Numerics.Tests;

/// <summary>
/// The list of what is banned where results are decided. The analyzer passes over a line that names nothing, so that a
/// misspelt ban, or one that a new runtime makes incomplete, would go unnoticed.
/// </summary>
public sealed partial class BannedSymbolsTests
{
    private static readonly string[] Banned = [.. ReadLines().Select(line => line.Split(';')[0])];

    private static readonly Type[] HaveTranscendentals =
    [
        typeof(Math),
        typeof(MathF),
        typeof(float),
        typeof(double),
        typeof(Complex),
        typeof(Vector64),
        typeof(Vector128),
        typeof(Vector256),
        typeof(Vector512),
    ];

    [Fact]
    public void Every_line_names_something_once_and_says_what_to_do()
    {
        Assert.All(ReadLines(), line => Assert.Matches("^[MPTN]:[^;]+;[^;]+$", line));
        Assert.Equal(Banned.Length, Banned.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_banned_symbol_of_the_runtime_exists()
    {
        Assembly[] assemblies =
        [
            typeof(object).Assembly,
            typeof(Complex).Assembly,
            typeof(Enumerable).Assembly,
            typeof(ParallelEnumerable).Assembly,
            typeof(Parallel).Assembly,
            typeof(System.Security.Cryptography.RandomNumberGenerator).Assembly,
        ];
        var known = assemblies
            .SelectMany(a => a.GetExportedTypes())
            .SelectMany(SymbolsOf)
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(
            Banned.Where(id => id[0] != 'N' && !id.Contains("MathNet", StringComparison.Ordinal)),
            id => Assert.Contains(id, known)
        );
    }

    [Fact]
    public void Every_function_that_may_differ_between_processors_is_banned() =>
        Assert.All(
            HaveTranscendentals.SelectMany(PublicStatics).Where(m => MayDiffer().IsMatch(m.Name)).Select(IdOf),
            id => Assert.Contains(id, Banned)
        );

    [Theory]
    [InlineData("M:System.MathF.Sqrt(System.Single)")]
    [InlineData("M:System.MathF.FusedMultiplyAdd(System.Single,System.Single,System.Single)")]
    [InlineData("M:System.Math.Floor(System.Double)")]
    [InlineData("M:System.Single.IsNaN(System.Single)")]
    [InlineData("T:System.Single")]
    [InlineData("T:System.Math")]
    [InlineData("T:System.Runtime.Intrinsics.Vector512")]
    public void What_gives_the_same_bits_everywhere_is_allowed(string id) => Assert.DoesNotContain(id, Banned);

    [GeneratedRegex(
        "^(Exp|Log|Pow|RootN|Hypot|Cbrt|A?(Sin|Cos|Tan)|Lerp|Sum$|Dot$)|Estimate$|Native$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex MayDiffer();

    private static IEnumerable<string> ReadLines()
    {
        using var stream = typeof(BannedSymbolsTests).Assembly.GetManifestResourceStream("BannedSymbols.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<MethodInfo> PublicStatics(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static IEnumerable<string> SymbolsOf(Type type) =>
        [
            $"T:{NameOf(type)}",
            .. PublicStatics(type).Select(IdOf),
            .. type.GetProperties().Select(p => $"P:{NameOf(type)}.{p.Name}"),
        ];

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    /// <summary>A method's identifier as documentation comments write it.</summary>
    private static string IdOf(MethodInfo method)
    {
        var arity = method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";
        var parameters = string.Join(',', method.GetParameters().Select(p => IdOf(p.ParameterType)));
        return $"M:{NameOf(method.DeclaringType!)}.{method.Name}{arity}{(parameters.Length > 0 ? $"({parameters})" : "")}";
    }

    private static string IdOf(Type type) =>
        type switch
        {
            { IsByRef: true } => IdOf(type.GetElementType()!) + "@",
            { IsPointer: true } => IdOf(type.GetElementType()!) + "*",
            { IsArray: true } => IdOf(type.GetElementType()!) + "[]",
            { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
            { IsGenericTypeParameter: true } => $"`{type.GenericParameterPosition}",
            { IsGenericType: true } =>
                $"{NameOf(type.GetGenericTypeDefinition()).Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}",
            _ => type.FullName is null ? type.Name : NameOf(type),
        };
}
