using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;
using Pipeline.Networks.LossScales;

namespace Pipeline.Networks;

/// <summary>A <see cref="LossScale"/> with its state, and the steps that it skipped.</summary>
internal sealed class GradientScale
{
    private readonly LossScale? rule;

    /// <param name="operation">The operation of the catalogue; null for no scale.</param>
    /// <exception cref="ArgumentException">It is not in the catalogue, or an argument is out of range.</exception>
    public GradientScale(Operation? operation)
    {
        rule = operation is null ? null : LossScaleCatalogue.Create(operation.Name, operation.ArgumentArray);
        Reset();
    }

    /// <summary>The factor of the coming step, and what decides the one after it.</summary>
    public LossScaleState State { get; set; }

    /// <summary>The factor of the coming step; 0 once it has fallen so low that no step can be taken.</summary>
    public float Value => State.Scale;

    /// <summary>The steps that were skipped so far.</summary>
    public int Skipped { get; private set; }

    /// <summary>Begins again with the initial scale.</summary>
    public void Reset() => State = new(rule?.Initial ?? 1, 0);

    /// <summary>Goes on as it was.</summary>
    public void Restore(LossScaleState state, int skipped) => (State, Skipped) = (state, skipped);

    /// <summary>Multiplies the gradient of the loss by the scale.</summary>
    public void Apply(Span<float> dlogits)
    {
        if (State.Scale != 1)
            Rows.Scale(dlogits, State.Scale, dlogits);
    }

    /// <summary>Divides gradients by the scale, that is, multiplies them by its reciprocal in float32.</summary>
    public void Unscale(Span<float> gradients)
    {
        if (State.Scale != 1)
            Rows.Scale(gradients, 1 / State.Scale, gradients);
    }

    /// <summary>Moves on to the scale of the next step.</summary>
    /// <param name="gradients">The step's gradients, without the scale.</param>
    /// <returns>Whether the step is to be taken.</returns>
    public bool Next(ReadOnlySpan<float> gradients)
    {
        if (rule is not { SkipsSteps: true })
            return true;
        var isFinite = gradients.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0;
        State = rule.After(State, isFinite);
        Skipped += isFinite ? 0 : 1;
        return isFinite;
    }
}
