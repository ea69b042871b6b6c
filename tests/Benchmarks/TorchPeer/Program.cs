using System.Globalization;
using Pipeline.Stages.Train.Torch;
using Pipeline.TorchPeer;
using TorchSharp;

if (args is not [("stock" or "tuned") and var mode, .. { Length: > 0 } folders])
{
    Console.Error.WriteLine(
        """
        stock|tuned --version  prints the versions of TorchSharp and libtorch
        stock <folder>…        trains what the folders describe, one after the other, as a user of TorchSharp writes it
        tuned <folder>…        … as fast as libtorch gets it
        """
    );
    return 1;
}
if (TorchLibrary.Misfit is { } misfit)
{
    Console.Error.WriteLine(misfit);
    return 1;
}
if (folders is ["--version"])
{
    Console.WriteLine($"{typeof(torch).Assembly.GetName().Version!.ToString(3)} on libtorch {torch.__version__}");
    return 0;
}
if (mode == "tuned")
    IntelPath.Open();
torch.set_num_threads(1);
Training[] trainings =
[
    .. folders.Select(folder => mode == "tuned" ? (Training)new TunedTraining(folder) : new StockTraining(folder)),
];
var least = trainings[0].Work.LeastSeconds;

for (var warm = 0.0; warm < least; )
    warm += trainings.Sum(training => training.Train().Seconds);
Console.WriteLine("ready");
Console.In.ReadToEnd();

var times = new List<double>();
var loss = 0.0;
while (times.Sum() < least)
{
    var results = Array.ConvertAll(trainings, training => training.Train());
    times.Add(results.Sum(result => result.Seconds));
    loss = results.Average(result => result.Loss);
}
times.Sort();
var median = (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds={median} loss={loss}"));
return 0;
