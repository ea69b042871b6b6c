namespace Pipeline.Networks.Tests;

/// <summary>What the engine makes of a golden case, by the names of <see cref="GoldenCase.Expected"/>.</summary>
internal static class GoldenRun
{
    private const int Steps = 10;

    public static Dictionary<string, float[]> Of(GoldenCase golden)
    {
        var results = new Dictionary<string, float[]>();
        AddFirstStep(golden, results);
        AddTraining(golden, results);
        return results;
    }

    private static void AddFirstStep(GoldenCase golden, Dictionary<string, float[]> results)
    {
        var rows = golden.Labels.Length;
        var network = Build(golden);
        var (logits, dinputs) = (new float[rows * golden.Network.Classes], new float[golden.Inputs.Length]);
        var loss = network.Differentiate(golden.Inputs, golden.Labels, dinputs, logits).MeanLoss;
        results.Add("logits", logits);
        results.Add("loss", [(float)loss]);
        results.Add("inputs.gradient", dinputs);
        foreach (var gradient in network.Gradients())
            results.Add($"{gradient.Name}.gradient", gradient.Values);
    }

    private static void AddTraining(GoldenCase golden, Dictionary<string, float[]> results)
    {
        var network = Build(golden);
        var losses = new float[Steps];
        for (var step = 0; step < Steps; step++)
            losses[step] = (float)network.TrainStep(golden.Inputs, golden.Labels, golden.LearningRate).MeanLoss;
        var logits = new float[golden.Labels.Length * golden.Network.Classes];
        network.Logits(golden.Inputs, logits);

        results.Add("losses", losses);
        foreach (var tensor in network.Tensors())
            results.Add($"{tensor.Name}.after", tensor.Values);
        results.Add("logits.after", logits);
    }

    private static Network Build(GoldenCase golden) =>
        new(golden.Network, Initial(golden), golden.Optimizer, golden.Loss, golden.Labels.Length);

    private static NamedTensor[] Initial(GoldenCase golden) =>
        [
            .. golden
                .Network.Tensors()
                .Select(tensor => new NamedTensor(tensor.Name, tensor.Shape, golden.Initial[tensor.Name])),
        ];
}
