namespace Pipeline.Networks.LossScales;

/// <summary>What a loss scale has become.</summary>
/// <param name="Scale">The factor of the coming step, at least 0; at 0 no step can be taken any more.</param>
/// <param name="GoodSteps">Steps in a row with finite gradients since it changed.</param>
public readonly record struct LossScaleState(float Scale, int GoodSteps);
