using Pipeline.Networks.Activations;
using Pipeline.Numerics;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pipeline.Stages.Train.Torch;

/// <summary>The activations by operations of torch. Formula and reasons stand with the managed ones of the same names.</summary>
internal static class TorchActivations
{
    /// <summary>Each operation of the activation catalogue.</summary>
    public static TorchTable<Func<Tensor, Tensor>> Table { get; } =
        new("activation", ActivationCatalogue.Parameters, ActivationCatalogue.Create)
        {
            ["elu"] = arguments => x => F.elu(x, arguments[0]),
            ["gelu"] = _ => F.gelu,
            ["gelu_tanh"] = _ => x => F.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
            ["hard_sigmoid"] = _ => x => F.hardsigmoid(x),
            // torch's is NaN at −∞.
            ["hard_swish"] = _ => x => F.hardswish(x.clamp(min: -3)),
            ["hard_threshold"] = arguments => x => HardThreshold(x, arguments[0]),
            ["identity"] = _ => x => x,
            ["leaky_relu"] = arguments => x => F.leaky_relu(x, arguments[0]),
            ["mish"] = _ => x => F.mish(x),
            ["relu"] = _ => x => F.relu(x),
            ["relu6"] = _ => x => F.relu6(x),
            ["selu"] = _ => x => F.selu(x),
            ["sigmoid"] = _ => F.sigmoid,
            ["sigmoid_table"] = arguments => SigmoidTable((int)arguments[0]),
            ["silu"] = _ => x => F.silu(x),
            ["softplus"] = _ => x => F.softplus(x),
            ["tanh"] = _ => x => F.tanh(x),
        };

    private static Tensor HardThreshold(Tensor x, double slope)
    {
        var value = x.detach();
        return Replaced(x * slope, value.masked_fill(value.le(0), 0).masked_fill(value.gt(0), 1));
    }

    private static Func<Tensor, Tensor> SigmoidTable(int size)
    {
        const float end = 8;
        var density = (size - 1) / (2 * end);
        var values = new float[size];
        for (var i = 0; i < size; i++)
            values[i] = Float32.Sigmoid((2 * end * i / (size - 1)) - end);
        Tensor? table = null;
        return x =>
        {
            table ??= tensor(values, device: x.device).DetachFromDisposeScope();
            // Adding a half and cutting off rounds to the nearest entry. A NaN has none and stays what it is.
            var at = x.detach().clamp(-end, end).add(end).mul(density).add(0.5f);
            var y = where(at.isnan(), at, table.take(at.nan_to_num().to(ScalarType.Int64)));
            return Replaced(x * (y * (1 - y)), y);
        };
    }

    /// <summary>A tensor with other values, of which its gradient knows nothing: that is what the tensor's own values would have.</summary>
    private static Tensor Replaced(Tensor x, Tensor values)
    {
        x.detach().copy_(values);
        return x;
    }
}
