using Pipeline.Networks.Activations;

namespace Pipeline.Stages.Train;

/// <summary>
/// What the activation of a layer takes for a value: <c>forward_operations</c> of y = f(x), <c>backward_operations</c> of dx = f′(x)·dy
/// with y kept, all that <see cref="Numerics.OperationCounts"/> has, and of them <c>forward_multiplications</c> and
/// <c>backward_multiplications</c>; counted in the formulas of this project, whichever backend trains. <c>kept_bits</c>: what the way
/// back needs of a value besides dy: 0 where the slope is the same everywhere, 1 where it is one of two, else the 32 of a float; told from
/// the slopes at −16…16 in steps of 1/128.
/// </summary>
internal sealed class ActivationCost : Probe
{
    private const int Reach = 16;
    private const int Steps = 128;

    // A formula has no branches: it takes as many operations for any other value.
    private const float AnyValue = 1;

    private static readonly float[] Everywhere =
    [
        .. Enumerable.Range(0, (2 * Reach * Steps) + 1).Select(i => ((float)i / Steps) - Reach),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names =>
        [
            "forward_operations",
            "forward_multiplications",
            "backward_operations",
            "backward_multiplications",
            "kept_bits",
        ];

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Measure(ObservedLayer layer)
    {
        if (layer.Activation is not { } activation)
            return [];
        var (forward, backward) = (activation.CountForward(AnyValue), activation.CountBackward(AnyValue));
        return
        [
            new("forward_operations", forward.Total),
            new("forward_multiplications", forward.Multiplications),
            new("backward_operations", backward.Total),
            new("backward_multiplications", backward.Multiplications),
            new("kept_bits", KeptBits(activation)),
        ];
    }

    private static int KeptBits(Activation activation)
    {
        var slopes = new float[Everywhere.Length];
        activation.Differentiate(Everywhere, slopes);
        return slopes.Distinct().Count() switch
        {
            1 => 0,
            2 => 1,
            _ => 32,
        };
    }
}
