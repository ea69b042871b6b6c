namespace Pipeline.Networks.LossScales;

/// <summary>No scale: gradients flow back as they are.</summary>
internal sealed class NoneLossScale : LossScale
{
    internal override float Initial => 1;
}
