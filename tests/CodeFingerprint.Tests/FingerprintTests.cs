using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pipeline.CodeFingerprint.Tests;

public sealed class FingerprintTests
{
    private const string Code = "class A { const int X = 1; int Y() { return X; } }";

    private static readonly Build Project = Build.Of(("A.cs", Code), ("Sub/B.cs", "class B { }"));

    [Theory]
    [InlineData(
        "// Comment\nclass A\n{\n    /// <summary>Documented.</summary>\n    const int X = 1; /* so */ int Y() { return X; }\n}\n"
    )]
    [InlineData("class A { const int X = 1; int Y() { return X; }\r\n#if NEVER\n  int Z;\n#endif\n}")]
    [InlineData(
        "#region R\n#pragma warning disable CS0169\nclass A { const int X = 1; int Y() { return X; } }\n#endregion"
    )]
    public void Comments_layout_and_code_that_is_switched_off_do_not_count(string text) =>
        Assert.Equal(Project.Run().Core, Project.With(("A.cs", text)).Run().Core);

    [Theory]
    [InlineData("class A { const int X = 2; int Y() { return X; } }")]
    [InlineData("class A { const int X = 1; int Y() { returnX; } }")]
    [InlineData("class A { const int X = 1; int Y() { return X; }\n#if RELEASE\n  int Z;\n#endif\n}")]
    [InlineData("class A { const int X = 0x1; int Y() { return X; } }")]
    [InlineData("class A { const int X = 1; int Y() { return @X; } }")]
    public void Tokens_count(string text) =>
        Assert.NotEqual(Project.Run().Core, Project.With(("A.cs", text)).Run().Core);

    [Fact]
    public void What_a_formatter_may_change_does_not_count()
    {
        const string ours =
            "using A; using B; namespace Nets; internal sealed class Relu6 : Activation { public static readonly int[] X = [1, 2]; }";
        const string its =
            "using B; using A; namespace Nets; sealed internal class Relu6 : Activation { readonly public static int[] X = [1, 2,]; }";
        var before = Example
            .Build.With(
                ("Relu6.cs", ours),
                ("Core.cs", ours.Replace("Relu6 : Activation", "Core", StringComparison.Ordinal))
            )
            .Run();
        var after = Example
            .Build.With(
                ("Relu6.cs", its),
                ("Core.cs", its.Replace("Relu6 : Activation", "Core", StringComparison.Ordinal))
            )
            .Run();
        Assert.Equal(before.Core, after.Core);
        Assert.Equal(before["CodeOperation:activation/relu6"], after["CodeOperation:activation/relu6"]);
        Assert.NotNull(after["CodeOperation:activation/relu6"]);
    }

    [Fact]
    public void White_space_inside_a_text_counts() =>
        Assert.NotEqual(
            Build.Of(("A.cs", "class A { string S => \"a b\"; }")).Run().Core,
            Build.Of(("A.cs", "class A { string S => \"a  b\"; }")).Run().Core
        );

    [Fact]
    public void Files_are_told_apart() =>
        Assert.NotEqual(
            Build.Of(("A.cs", "class A { }"), ("B.cs", "class B { }")).Run().Core,
            Build.Of(("A.cs", "class A { } class B { }")).Run().Core
        );

    [Fact]
    public void A_file_of_comments_does_not_count() =>
        Assert.Equal(Project.Run().Core, Project.With(("Notes.cs", "// Nothing but a comment.\n")).Run().Core);

    [Fact]
    public void The_order_in_which_the_compiler_gets_the_files_does_not_matter() =>
        Assert.Equal(Project.Run().Core, Project.Run(reversed: true).Core);

    [Fact]
    public void The_folders_do_not_matter()
    {
        var generated = ("GlobalUsings.g.cs", "global using System;");
        var here = Project.With(($"{Project.Generated}Nets.{generated.Item1}", generated.Item2));
        var there = Project with { Project = "/other place/Nets", Generated = "/aaa/obj/" };
        Assert.Equal(here.Run().Core, there.With(($"/aaa/obj/Nets.{generated.Item1}", generated.Item2)).Run().Core);
        Assert.NotEqual(here.Run().Core, Project.Run().Core);
    }

    [Fact]
    public void A_file_outside_the_project_counts_by_its_relative_path()
    {
        var here = Project.With(("/repo/src/Shared.cs", "class Shared { }"));
        var there = (Project with { Project = "/a/b/src/Nets" }).With(("/a/b/src/Shared.cs", "class Shared { }"));
        Assert.Equal(here.Run().Core, there.Run().Core);
        Assert.Equal(
            "../Shared.cs",
            new FingerprintInputs("/repo/src/Nets", "/repo/obj/", []).OrderOf("/repo/src/Shared.cs")
        );
        Assert.Equal(
            "Sub/B.cs",
            new FingerprintInputs(@"C:/repo/src/Nets", "C:/repo/obj/", []).OrderOf(@"C:\repo\src\Nets\Sub\B.cs")
        );
    }

    [Theory]
    [InlineData("Nets.AssemblyInfo.cs")]
    [InlineData(".NETCoreApp,Version=v10.0.AssemblyAttributes.cs")]
    [InlineData("Some.Generator/Some.Generator.Type/Output.g.cs")]
    public void What_the_build_generates_without_code_of_ours_does_not_count(string file) =>
        Assert.Equal(
            Project.Run().Core,
            Project.With((Project.Generated + file, "[assembly: System.Reflection.AssemblyTitle(\"1\")]")).Run().Core
        );

    [Fact]
    public void Assembly_information_written_by_hand_counts() =>
        Assert.NotEqual(
            Project.Run().Core,
            Project.With(("AssemblyInfo.cs", "[assembly: System.Reflection.AssemblyTitle(\"1\")]")).Run().Core
        );

    [Fact]
    public void Settings_that_change_the_meaning_of_code_count()
    {
        string[] hashes =
        [
            Project.Run().Core,
            (Project with { Symbols = ["RELEASE"] }).Run().Core,
            (Project with { Symbols = ["RELEASE", "NET10_0", "FAST"] }).Run().Core,
            (Project with { Language = LanguageVersion.CSharp12 }).Run().Core,
            (Project with { Nullable = NullableContextOptions.Disable }).Run().Core,
            (Project with { Checked = true }).Run().Core,
            (Project with { Resources = "a a 00" }).Run().Core,
            (Project with { Resources = "a a 01" }).Run().Core,
            (Project with { Resources = "b b 00" }).Run().Core,
            (Project with { Resources = "a a 00\nb b 00" }).Run().Core,
        ];
        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(hashes, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    [Fact]
    public void The_order_of_symbols_and_resources_does_not_matter()
    {
        Assert.Equal(Project.Run().Core, (Project with { Symbols = ["NET10_0", "RELEASE"] }).Run().Core);
        Assert.Equal(
            (Project with { Resources = "a a 00\nb b 00" }).Run().Core,
            (Project with { Resources = "b b 00\na a 00" }).Run().Core
        );
    }

    [Fact]
    public void An_operation_is_hashed_apart_from_the_core()
    {
        var before = Example.Build.Run();
        var edited = Example
            .Build.With(("Relu6.cs", Example.Relu6.Replace("6)", "6.0)", StringComparison.Ordinal)))
            .Run();
        Assert.Equal(before.Core, edited.Core);
        Assert.NotEqual(before["CodeOperation:activation/relu6"], edited["CodeOperation:activation/relu6"]);
        Assert.Equal(before["CodeOperation:activation/leaky_relu"], edited["CodeOperation:activation/leaky_relu"]);
    }

    [Fact]
    public void A_new_operation_leaves_the_core_as_it_was()
    {
        var without = Build.Of(("Activation.cs", Example.Root), ("Relu6.cs", Example.Relu6)).Run();
        var with = Example.Build.Run();
        Assert.Equal(without.Core, with.Core);
        Assert.Equal(without["CodeOperation:activation/relu6"], with["CodeOperation:activation/relu6"]);
        Assert.Null(without["CodeOperation:activation/steps"]);
        Assert.NotNull(with["CodeOperation:activation/steps"]);
    }

    [Fact]
    public void An_edit_of_the_root_changes_the_core_only()
    {
        var before = Example.Build.Run();
        var after = Example
            .Build.With(
                (
                    "Activation.cs",
                    Example
                        .Root.Replace("Value(double x)", "Value(double x) /* a */ ", StringComparison.Ordinal)
                        .Replace("public abstract double", "public abstract  double", StringComparison.Ordinal)
                )
            )
            .Run();
        Assert.Equal(before.Core, after.Core);
        after = Example
            .Build.With(
                (
                    "Activation.cs",
                    Example.Root.Replace(
                        "abstract double Value",
                        "abstract double Value2(); public abstract double Value",
                        StringComparison.Ordinal
                    )
                )
            )
            .Run();
        Assert.NotEqual(before.Core, after.Core);
        Assert.Equal(before["CodeOperation:activation/relu6"], after["CodeOperation:activation/relu6"]);
    }

    [Fact]
    public void All_files_of_a_partial_operation_count_as_its_own()
    {
        const string kernel = "namespace Nets; internal sealed partial class Relu6 { private const int Limit = 6; }";
        var split = Example.Build.With(
            ("Relu6.cs", Example.Relu6.Replace("sealed class", "sealed partial class", StringComparison.Ordinal)),
            ("Relu6.Kernel.cs", kernel)
        );
        var before = split.Run();
        var after = split.With(("Relu6.Kernel.cs", kernel.Replace("= 6", "= 7", StringComparison.Ordinal))).Run();
        Assert.Empty(before.Errors);
        Assert.Equal(before.Core, after.Core);
        Assert.NotEqual(before["CodeOperation:activation/relu6"], after["CodeOperation:activation/relu6"]);
    }
}
