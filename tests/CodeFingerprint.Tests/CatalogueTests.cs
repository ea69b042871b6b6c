using System.Globalization;
using System.Reflection;

namespace Pipeline.CodeFingerprint.Tests;

public sealed class CatalogueTests
{
    private static readonly Assembly Assembly = Example.Build.Run().Load();

    private delegate object Creation(string name, ReadOnlySpan<double> arguments);

    [Fact]
    public void Operations_are_named_in_snake_case_and_in_ordinal_order() =>
        Assert.Equal(["leaky_relu", "relu6", "steps"], NamesIn(Example.Build));

    [Theory]
    [InlineData("LeakyRelu", "leaky_relu")]
    [InlineData("Relu6", "relu6")]
    [InlineData("L2", "l2")]
    [InlineData("HeNormal", "he_normal")]
    [InlineData("RMSNorm", "rms_norm")]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("Relu6Fast", "relu6_fast")]
    [InlineData("negativeSlope", "negative_slope")]
    public void Words_are_joined_by_underscores(string name, string expected) =>
        Assert.Equal(expected, SnakeCase.Of(name));

    [Theory]
    [InlineData("ReluActivation", "relu")]
    [InlineData("HardReluActivation", "hard_relu")]
    [InlineData("ActivationActivation", "activation")]
    [InlineData("ActivationNoise", "activation_noise")]
    [InlineData("Deactivation", "deactivation")]
    [InlineData("ReluActivations", "relu_activations")]
    public void The_roots_name_at_the_end_is_left_out(string type, string expected)
    {
        var operation = Example.Relu6.Replace("Relu6", type, StringComparison.Ordinal);
        Assert.Equal(
            new[] { "leaky_relu", "relu6", "steps", expected }.Order(StringComparer.Ordinal),
            NamesIn(Example.Build.With(($"{type}.cs", operation)))
        );
    }

    [Fact]
    public void Nothing_is_left_out_where_nothing_would_be_left_nor_of_a_class_between()
    {
        const string bounded =
            "namespace Nets; public abstract class BoundedActivation : Activation { public override double Value(double x) => 1; }";
        const string one = "namespace Nets; internal sealed class OneBoundedActivation : BoundedActivation { }";
        const string same =
            "namespace Nets.More; internal sealed class Activation : Nets.Activation { public override double Value(double x) => x; }";
        var build = Example.Build.With(
            ("BoundedActivation.cs", bounded),
            ("OneBoundedActivation.cs", one),
            ("More/Activation.cs", same)
        );
        Assert.Equal(["activation", "leaky_relu", "one_bounded", "relu6", "steps"], NamesIn(build));
    }

    [Fact]
    public void Parameters_are_those_of_the_constructor_with_their_defaults()
    {
        Assert.Equal([("negative_slope", 0.01)], Parameters("leaky_relu"));
        Assert.Equal([("height", null), ("count", 3d)], Parameters("steps"));
        Assert.Empty(Parameters("relu6"));
    }

    [Theory]
    [InlineData("relu6", "", 7, 6)]
    [InlineData("leaky_relu", "", -1, -0.01)]
    [InlineData("leaky_relu", "0.5", -1, -0.5)]
    [InlineData("steps", "2", 0, 6)]
    [InlineData("steps", "2 -1", 0, -2)]
    public void An_operation_is_made_from_its_arguments_and_defaults(
        string name,
        string arguments,
        double x,
        double expected
    )
    {
        var operation = Create(name, arguments);
        Assert.Equal(expected, operation.GetType().GetMethod("Value")!.Invoke(operation, [x]));
    }

    [Theory]
    [InlineData("leaky_relu", "1 2", "leaky_relu takes at most 1 argument (negative_slope), not 2.")]
    [InlineData("relu6", "1", "relu6 takes no arguments, not 1.")]
    [InlineData("steps", "", "steps takes 1 to 2 arguments (height, count), not 0.")]
    [InlineData("steps", "1 1.5", "The argument count of steps must be a whole number of 32 bits, not 1.5.")]
    [InlineData(
        "steps",
        "1 3000000000",
        "The argument count of steps must be a whole number of 32 bits, not 3000000000."
    )]
    [InlineData("steps", "1 NaN", "The argument count of steps must be a whole number of 32 bits, not NaN.")]
    [InlineData("leaky_rely", "", "There is no activation 'leaky_rely'; the nearest name is leaky_relu.")]
    public void A_wrong_call_is_one_clear_sentence(string name, string arguments, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Create(name, arguments)).Message);

    [Fact]
    public void An_unknown_name_has_no_parameters() =>
        Assert.Throws<TargetInvocationException>(() => Parameters("gelu"));

    [Fact]
    public void Infinite_and_whole_defaults_are_kept()
    {
        const string clip = """
            namespace Nets;
            internal sealed class Clip(double high = double.PositiveInfinity, double low = -0.1, int power = int.MinValue) : Activation
            {
                public override double Value(double x) => double.Clamp(x, low, high) + power;
            }
            """;
        var type = Example.Build.With(("Clip.cs", clip)).Run().Load().GetType("Nets.ActivationCatalogue")!;
        Assert.Equal(
            [("high", double.PositiveInfinity), ("low", -0.1), ("power", int.MinValue)],
            (IEnumerable<(string, double?)>)type.GetMethod("Parameters")!.Invoke(null, ["clip"])!
        );
    }

    [Fact]
    public void A_catalogue_may_be_empty_and_of_internal_types()
    {
        var type = Build
            .Of(("Loss.cs", "[Pipeline.Catalogue(\"loss\")] internal abstract class Loss { }"))
            .Run()
            .Load()
            .GetType("LossCatalogue")!;
        Assert.False(type.IsPublic);
        Assert.Empty((IEnumerable<string>)type.GetProperty("Names")!.GetValue(null)!);
    }

    private static Type Catalogue => Assembly.GetType("Nets.ActivationCatalogue")!;

    private static IEnumerable<string> NamesIn(Build build) =>
        (IEnumerable<string>)
            build.Run().Load().GetType("Nets.ActivationCatalogue")!.GetProperty("Names")!.GetValue(null)!;

    private static IEnumerable<(string Name, double? Default)> Parameters(string name) =>
        (IEnumerable<(string, double?)>)Catalogue.GetMethod("Parameters")!.Invoke(null, [name])!;

    private static object Create(string name, string arguments) =>
        Catalogue
            .GetMethod("Create")!
            .CreateDelegate<Creation>()(
                name,
                Array.ConvertAll(
                    arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    text => double.Parse(text, CultureInfo.InvariantCulture)
                )
            );
}
