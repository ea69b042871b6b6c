namespace Pipeline.CodeFingerprint.Tests;

/// <summary>A small assembly with a catalogue.</summary>
internal static class Example
{
    public const string Root = """
        namespace Nets;

        [Pipeline.Catalogue("activation")]
        public abstract class Activation
        {
            public abstract double Value(double x);
        }
        """;

    public const string Relu6 = """
        namespace Nets;

        internal sealed class Relu6 : Activation
        {
            public override double Value(double x) => double.Clamp(x, 0, 6);
        }
        """;

    public const string LeakyRelu = """
        namespace Nets;

        internal sealed class LeakyRelu(double negativeSlope = 0.01) : Activation
        {
            public override double Value(double x) => x > 0 ? x : negativeSlope * x;
        }
        """;

    public const string Steps = """
        namespace Nets;

        internal sealed class Steps(double height, int count = 3) : Activation
        {
            public override double Value(double x) => height * count;
        }
        """;

    public static Build Build =>
        Tests.Build.Of(("Activation.cs", Root), ("Relu6.cs", Relu6), ("LeakyRelu.cs", LeakyRelu), ("Steps.cs", Steps));
}
