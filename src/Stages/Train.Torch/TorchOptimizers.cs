using Pipeline.Networks.Optimizers;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>A rule by which gradients change parameters, both in one piece; the gradient is changed on the way.</summary>
/// <param name="gradient">The gradient of the loss.</param>
/// <param name="learningRate">The learning rate of this step.</param>
/// <param name="step">The number of this update, from 1.</param>
/// <param name="state">What the rule keeps, as long as the gradient each, 0 at first.</param>
/// <param name="parameters">The parameters.</param>
internal delegate void TorchRule(Tensor gradient, float learningRate, int step, Tensor[] state, Tensor parameters);

/// <summary>An optimizer.</summary>
/// <param name="StatePerParameter">The number of values that it keeps per parameter.</param>
/// <param name="Step">Its rule.</param>
internal sealed record TorchOptimizer(int StatePerParameter, TorchRule Step)
{
    /// <summary>Whether weight decay changes parameters by itself instead of through the gradient.</summary>
    public bool DecouplesWeightDecay { get; init; }
}

/// <summary>The optimizers by operations of torch. Formula and reasons stand with the managed ones of the same names.</summary>
internal static class TorchOptimizers
{
    /// <summary>Each operation of the optimizer catalogue.</summary>
    public static TorchTable<TorchOptimizer> Table { get; } =
        new("optimizer", OptimizerCatalogue.Parameters, OptimizerCatalogue.Create)
        {
            ["adam"] = AdaptiveMoments,
            ["adamw"] = arguments => AdaptiveMoments(arguments) with { DecouplesWeightDecay = true },
            ["nesterov"] = arguments => Nesterov((float)arguments[0]),
            ["sgd"] = arguments => (float)arguments[0] == 0 ? Plain : Momentum((float)arguments[0]),
        };

    private static TorchOptimizer Plain =>
        new(0, (gradient, learningRate, _, _, parameters) => parameters.add_(gradient, alpha: -learningRate));

    private static TorchOptimizer Momentum(float momentum) =>
        new(
            1,
            (gradient, learningRate, _, state, parameters) =>
                parameters.add_(state[0].mul_(momentum).add_(gradient), alpha: -learningRate)
        );

    private static TorchOptimizer Nesterov(float momentum) =>
        new(
            1,
            (gradient, learningRate, _, state, parameters) =>
            {
                state[0].mul_(momentum).add_(gradient);
                parameters.add_(gradient.add_(state[0], alpha: momentum), alpha: -learningRate);
            }
        );

    private static TorchOptimizer AdaptiveMoments(double[] arguments)
    {
        var (beta1, beta2, epsilon) = (arguments[0], arguments[1], (float)arguments[2]);
        return new(
            2,
            (gradient, learningRate, step, state, parameters) =>
            {
                var rate = (float)(learningRate / (1 - Power(beta1, step)));
                var correction = (float)(1 / (1 - Power(beta2, step)));
                var (m, v) = (state[0], state[1]);
                m.mul_((float)beta1).add_(gradient, alpha: (float)(1 - beta1));
                v.mul_((float)beta2).addcmul_(gradient, gradient, (float)(1 - beta2));
                parameters.addcdiv_(m, v.mul(correction).sqrt_().add_(epsilon), -rate);
            }
        );
    }

    /// <summary>xⁿ by squaring.</summary>
    private static double Power(double x, int n)
    {
        var power = 1.0;
        for (; n > 0; n >>= 1, x *= x)
            power = (n & 1) == 1 ? power * x : power;
        return power;
    }
}
