namespace Pipeline.Stages.Train;

/// <summary>
/// <c>saturated_share</c>: of all values that go into the activation, the share at which its slope is below 1 % of the steepest it has anywhere: |σ′(z)| &lt; 0.01·max|σ′|. The
/// maximum is taken over z = −16…16 in steps of 1/128. <c>largest_slope</c> and <c>mean_slope</c>: the largest and the mean |σ′(z)| of these values.
/// </summary>
internal sealed class Saturation : Probe
{
    private const int Reach = 16;
    private const int Steps = 128;
    private const float Limit = 0.01f;

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (layer.Activation is not { } activation)
            return [];
        var everywhere = new float[(2 * Reach * Steps) + 1];
        for (var i = 0; i < everywhere.Length; i++)
            everywhere[i] = ((float)i / Steps) - Reach;
        var steepest = Slopes(everywhere).Max();
        var slopes = Slopes(layer.ActivationInputs);
        return
        [
            new("saturated_share", (double)slopes.Count(slope => slope < Limit * steepest) / slopes.Length),
            new("largest_slope", slopes.Max()),
            new("mean_slope", Norms.Mean(slopes)),
        ];

        float[] Slopes(float[] z)
        {
            var slopes = new float[z.Length];
            activation.Differentiate(z, slopes);
            return Array.ConvertAll(slopes, MathF.Abs);
        }
    }
}
