using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Pipeline.Numerics;

// Prints digests of what every kernel makes of fixed inputs: a child process of the tests, started under each of the runtime's
// instruction-set switches. The first line is what it sees of the machine.
string[] sets =
[
    .. Vector128.IsHardwareAccelerated ? ["Vector128"] : Array.Empty<string>(),
    .. Vector256.IsHardwareAccelerated ? ["Vector256"] : Array.Empty<string>(),
    .. Vector512.IsHardwareAccelerated ? ["Vector512"] : Array.Empty<string>(),
    .. Avx2.IsSupported ? ["Avx2"] : Array.Empty<string>(),
    .. Fma.IsSupported ? ["Fma"] : Array.Empty<string>(),
    .. Avx512F.IsSupported ? ["Avx512F"] : Array.Empty<string>(),
];
Console.WriteLine($"sets: {string.Join(' ', sets)}");

PrintFunction("exp", Float32.Exp, Float32.Exp);
PrintFunction("log", Float32.Log, Float32.Log);
PrintFunction("exp_m1", Float32.ExpM1, Float32.ExpM1);
PrintFunction("log_1p", Float32.Log1P, Float32.Log1P);
PrintFunction("tanh", Float32.Tanh, Float32.Tanh);
PrintFunction("sigmoid", Float32.Sigmoid, Float32.Sigmoid);
PrintFunction("erf", Float32.Erf, Float32.Erf);
PrintFunction("erfc", Float32.Erfc, Float32.Erfc);
PrintFunction("normal_quantile", Float32.NormalQuantile, Float32.NormalQuantile);
PrintFunction("float16", Rounding.ToFloat16, Rounding.ToFloat16);
PrintFunction("bfloat16", Rounding.ToBfloat16, Rounding.ToBfloat16);

var workspace = new GemmWorkspace();
foreach (var form in Enum.GetValues<GemmForm>())
{
    // The second k is more than one block.
    foreach (var (m, n, k) in new[] { (29, 41, 17), (7, 35, 300) })
    {
        var (lda, ldb) = (form == GemmForm.TN ? m : k, form == GemmForm.NT ? k : n);
        var (a, b, c) = (Normals(m * k, 1), Normals(n * k, 2), Normals(m * n, 3));
        var (wideA, wideB, wideC) = (Wide(a), Wide(b), Wide(c));
        Gemm.Multiply(form, m, n, k, a, lda, b, ldb, c, n, accumulate: true, workspace);
        Print($"gemm {form} {m} {n} {k}", c);
        Gemm.Multiply(form, m, n, k, wideA, lda, wideB, ldb, wideC, n, accumulate: true, workspace);
        Print64($"gemm64 {form} {m} {n} {k}", wideC);
    }
}

foreach (
    var sizes in new ConvolutionSizes[]
    {
        new(9, 7, 3, 17, Kernel: 3, Stride: 1, Padding: 1),
        new(8, 13, 17, 5, Kernel: 4, Stride: 3, Padding: 2),
    }
)
{
    var (images, weights, outputs) = (
        Normals(2 * sizes.InputLength, 1),
        Normals(sizes.WeightLength, 2),
        Normals(2 * sizes.OutputLength, 3)
    );
    Convolution.Forward(sizes, 2, images, weights, outputs, accumulate: true, workspace);
    Print($"convolution of {sizes}", outputs);
    Convolution.WeightGradient(sizes, 2, images, outputs, weights, accumulate: false, workspace);
    Print($"weight gradient of {sizes}", weights);
    Convolution.InputGradient(sizes, 2, outputs, weights, images, workspace);
    Print($"input gradient of {sizes}", images);
}

foreach (
    var (name, function) in new (string, Func<double, double>)[]
    {
        ("exp64", Float64.Exp),
        ("log64", Float64.Log),
        ("log10_64", Float64.Log10),
        ("pow64", x => Float64.Pow(x, 3.7 - x)),
        ("sin64", x => Float64.Sin(x * x * x)),
        ("cos64", x => Float64.Cos(x * x * x)),
        ("log_gamma64", Float64.LogGamma),
        ("t_cdf64", t => StudentT.Cdf(t - 10, 4)),
        ("t_quantile64", t => StudentT.Quantile(t / 21, 4)),
    }
)
{
    Print64(name, [.. Enumerable.Range(1, 200).Select(i => function(i / 10.0))]);
}

var x = Normals(1003, 4);
Print("reduce", [Reduce.Sum(x), Reduce.SumOfSquares(x), Reduce.Max(x)]);

Print("normal", x);
var uniform = new float[1003];
new RandomStream(1, RandomPurpose.Dropout).FillUniform(uniform);
Print("uniform", uniform);
var order = new int[1003];
new RandomStream(1, RandomPurpose.BatchOrder).Permutation(order);
Print("permutation", Array.ConvertAll(order, i => (float)i));

static float[] Normals(int count, uint index)
{
    var values = new float[count];
    new RandomStream(1, RandomPurpose.Data, index).FillNormal(values);
    return values;
}

// With all their bits in use.
static double[] Wide(float[] values) => Array.ConvertAll(values, v => v / 3.0);

// Every millionth float or so, of either sign, infinities and NaN.
static void PrintFunction(string name, Func<float, float> one, Func<Vector512<float>, Vector512<float>> sixteen)
{
    const uint stride = 1_048_573;
    var arguments = Enumerable.Range(0, 4096).Select(i => BitConverter.UInt32BitsToSingle((uint)i * stride)).ToArray();
    var values = new float[arguments.Length];
    for (var i = 0; i < values.Length; i += Vector512<float>.Count)
        sixteen(Vector512.Create<float>(arguments.AsSpan(i))).CopyTo(values, i);
    Print(name, values);
    Print($"{name} one by one", Array.ConvertAll(arguments, a => one(a)));
}

static void Print(string name, float[] values)
{
    var canonical = Array.ConvertAll(values, v => float.IsNaN(v) ? 0x7FC00000u : BitConverter.SingleToUInt32Bits(v));
    Console.WriteLine($"{name}: {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<uint>(canonical)))}");
}

// None of them NaN.
static void Print64(string name, double[] values) =>
    Console.WriteLine($"{name}: {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<double>(values)))}");
