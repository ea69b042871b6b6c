namespace Pipeline.Artifacts.Tests;

/// <summary>A plan of 2 × 3 cells, 2 learning rates and 2 seeds.</summary>
internal static class SamplePlan
{
    public static Plan Of(IEnumerable<int> trials) =>
        new()
        {
            Study = "sample",
            Title = "Größe \"×\" <Wahl>",
            Fixed = Parameters.Of([new("model.depth", Scalar.Of(2L))]),
            Scientific =
            [
                new("activation", [Scalar.Of("relu"), Scalar.Of("tanh")]),
                new("initialization", [Scalar.Of("zeros"), Scalar.Of("normal(0.01)"), Scalar.Of("identity")]),
            ],
            Nuisance = [new("learning_rate", [Scalar.Of(0.1), Scalar.Of(1.0)])],
            Seeds = [0, 7],
            Trials = [.. trials],
        };
}
