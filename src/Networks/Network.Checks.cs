namespace Pipeline.Networks;

/// <summary>What a network makes sure of before it computes.</summary>
public sealed partial class Network
{
    private void CheckInputs(ReadOnlySpan<float> inputs, int rows)
    {
        if (inputs.Length != (long)rows * Inputs)
        {
            throw new ArgumentException(
                $"The layer {first} takes inputs of shape [{rows}, {Inputs}], but {inputs.Length} values were given.",
                nameof(inputs)
            );
        }
    }

    // A network has a loss that is no number because it diverged, or because it was fed with one: only then is it worth looking.
    private void RequireFinite(ReadOnlySpan<float> inputs, int rows)
    {
        var at = inputs.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
        {
            throw new ArgumentException(
                $"The layer {first} takes finite numbers, but of its inputs of shape [{rows}, {Inputs}] "
                    + $"value {at % Inputs} of row {at / Inputs} is {inputs[at]}.",
                nameof(inputs)
            );
        }
    }

    private void CheckLabels(ReadOnlySpan<int> labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)Classes)
                throw new ArgumentException(
                    $"The label of row {i} is {labels[i]}, but the layer {last} has classes 0 to {Classes - 1}.",
                    nameof(labels)
                );
        }
    }
}
