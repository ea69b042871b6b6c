namespace Pipeline.CodeFingerprint.Tests;

public sealed class CatalogueRulesTests
{
    [Fact]
    public void A_well_formed_catalogue_is_not_reported() => Assert.Empty(Example.Build.Run().Errors);

    [Theory]
    [InlineData("public abstract class Root<T> { }")]
    [InlineData("public class Root { }")]
    [InlineData("public class Outer { [Pipeline.Catalogue(\"inner\")] public abstract class Root { } }")]
    public void A_root_is_an_abstract_class(string code)
    {
        var text = code.Contains("Pipeline.", StringComparison.Ordinal)
            ? code
            : $"[Pipeline.Catalogue(\"kind\")] {code}";
        Assert.Equal(
            [
                "CF0001: 'Root' is the root of a catalogue "
                    + "and must be a public or internal abstract class that is neither generic nor nested",
            ],
            Build.Of(("Root.cs", text)).Run().Errors
        );
    }

    [Theory]
    [InlineData("public sealed class Bad : Activation { public override double Value(double x) => x; }")]
    [InlineData("internal class Bad : Activation { public override double Value(double x) => x; }")]
    [InlineData("internal sealed class Bad<T> : Activation { public override double Value(double x) => x; }")]
    [InlineData(
        "internal static class Outer { internal sealed class Bad : Activation { public override double Value(double x) => x; } }"
    )]
    public void An_operation_is_internal_and_sealed(string code) =>
        Assert.Contains(
            "CF0002: 'Bad' is an operation of the kind activation and must be internal and sealed, neither generic nor nested",
            Example.Build.With(("Bad.cs", $"namespace Nets;\n{code}")).Run().Errors
        );

    [Fact]
    public void A_class_between_root_and_operation_is_core()
    {
        const string middle =
            "namespace Nets; public abstract class Bounded : Activation { public override double Value(double x) => 1; }";
        const string leaf = "namespace Nets; internal sealed class Sigmoid : Bounded { }";
        var result = Example.Build.With(("Bounded.cs", middle), ("Sigmoid.cs", leaf)).Run();
        Assert.Empty(result.Errors);
        Assert.NotNull(result["CodeOperation:activation/sigmoid"]);
    }

    [Fact]
    public void Two_operations_of_a_kind_differ_in_name() =>
        Assert.Equal(
            ["CF0003: 'Nets.More.Relu6' and 'Nets.Relu6' are both named relu6"],
            Example
                .Build.With(
                    (
                        "More/Relu6.cs",
                        Example.Relu6.Replace("namespace Nets", "namespace Nets.More", StringComparison.Ordinal)
                    )
                )
                .Run()
                .Errors
        );

    [Fact]
    public void The_roots_name_at_the_end_makes_no_other_operation() =>
        Assert.Equal(
            ["CF0003: 'Nets.Relu6' and 'Nets.Relu6Activation' are both named relu6"],
            Example
                .Build.With(
                    ("Relu6Activation.cs", Example.Relu6.Replace("Relu6", "Relu6Activation", StringComparison.Ordinal))
                )
                .Run()
                .Errors
        );

    [Theory]
    [InlineData("string text")]
    [InlineData("float slope")]
    [InlineData("ref double slope")]
    [InlineData("params double[] slopes")]
    public void Parameters_are_numbers(string parameters) =>
        Assert.Equal(
            ["CF0004: 'Bad' must have exactly one public or internal constructor, whose parameters are double or int"],
            Example.Build.With(("Bad.cs", Operation($"public Bad({parameters}) {{ }}"))).Run().Errors
        );

    [Fact]
    public void There_is_one_constructor() =>
        Assert.Equal(
            ["CF0004: 'Bad' must have exactly one public or internal constructor, whose parameters are double or int"],
            Example.Build.With(("Bad.cs", Operation("public Bad() { } internal Bad(double slope) { }"))).Run().Errors
        );

    [Fact]
    public void Private_constructors_are_its_own_affair() =>
        Assert.Empty(
            Example
                .Build.With(("Bad.cs", Operation("public Bad(double slope) { } private Bad(string text) { }")))
                .Run()
                .Errors
        );

    [Theory]
    [InlineData("internal enum Extra { One }")]
    [InlineData("internal delegate void Extra();")]
    [InlineData("[assembly: System.Reflection.AssemblyTitle(\"t\")]")]
    [InlineData("global using System.Text;")]
    public void An_operation_has_its_file_for_itself(string extra)
    {
        var text = extra.StartsWith("internal", StringComparison.Ordinal)
            ? $"{Operation("")}\n{extra}"
            : $"{extra}\n{Operation("")}";
        Assert.Equal(
            [
                "CF0005: 'Bad' shares its file with something else; an operation's file is hashed apart, so it holds the operation alone",
            ],
            Example.Build.With(("Bad.cs", text)).Run().Errors
        );
    }

    [Fact]
    public void Nested_types_belong_to_the_operation() =>
        Assert.Empty(Example.Build.With(("Good.cs", Operation("private enum Mode { One }"))).Run().Errors);

    [Theory]
    [InlineData("private readonly Activation inner = new Relu6();", "Relu6")]
    [InlineData("private const string Other = nameof(Relu6);", "Relu6")]
    [InlineData("private static object Other => typeof(Nets.Relu6);", "Relu6")]
    [InlineData(
        "private readonly Activation inner = ActivationCatalogue.Create(\"relu6\", []);",
        "ActivationCatalogue"
    )]
    public void An_operation_uses_no_other(string member, string used) =>
        Assert.Equal(
            [
                $"CF0006: The operation 'Bad' refers to '{used}', whose code its hash doesn't cover; move what they share to the core",
            ],
            Example.Build.With(("Bad.cs", Operation(member))).Run().Errors
        );

    [Theory]
    [InlineData("namespace Nets; class Core { Activation Default => new Relu6(); }")]
    [InlineData("using Alias = Nets.Relu6; class Core { object Default => new Alias(); }")]
    [InlineData("using static Nets.Relu6;")]
    [InlineData("namespace Nets; class Core { bool Is(Activation a) => a is Relu6; }")]
    [InlineData("class Core { object Default => new global::Nets.Relu6(); }")]
    [InlineData("using Space = Nets; class Core { object Default => new Space.Relu6(); }")]
    [InlineData("using Space = Nets; class Core { string Default => nameof(Space.Relu6); }")]
    public void The_core_uses_no_operation(string code) =>
        Assert.Equal(
            [
                "CF0007: This code refers to the operation 'Relu6', whose code its hash doesn't cover; make it through the catalogue",
            ],
            Example.Build.With(("Core.cs", code)).Run().Errors.Distinct(StringComparer.Ordinal)
        );

    [Fact]
    public void The_core_may_use_the_catalogue_and_other_things_of_the_same_name()
    {
        const string core = """
            namespace Nets;

            /// <summary>Comments may speak of <see cref="Relu6"/>.</summary>
            public static class Core
            {
                public enum Names { Relu6 }

                public static Names Name => Names.Relu6;

                public static Activation Default => ActivationCatalogue.Create("relu6", []);
            }
            """;
        var result = Example.Build.With(("Core.cs", core)).Run();
        Assert.Empty(result.Errors);
        result.Load();
    }

    private static string Operation(string member) =>
        $$"""
            namespace Nets;

            internal sealed class Bad : Activation
            {
                {{member}}
                public override double Value(double x) => x;
            }
            """;
}
